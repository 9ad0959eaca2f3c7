package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.llmconfig.mirror.Freshness;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectVersion;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.store.Declared;
import dev.llmconfig.store.Manifests;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Answers from the rows: each says how old it is, and what a caller has already is not sent again
/// (traps U17).
final class MirrorAnswers {

  static final String AGE = "x-llmconfig-mirror-age";
  private static final int MOST_BYTES = 4 << 20;
  static final String MIN_GENERATION = "minGeneration";
  static final String STALE = "x-llmconfig-stale";

  private final MirrorPool mirror;
  private final LongSupplier besides;
  private final InstantSource clock;

  /// By all that they hang on, so that none is ever wrong; most readers ask for the same again.
  private final Cache<String, Answer> rendered =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((String content, Answer answer) -> content.length() + answer.body().length())
          .build();

  /// A list that is to be sent.
  ///
  /// @param extras what stands beside the items
  record Rows<T>(Listing<T> page, ObjectNode extras) {}

  /// An object that is to be sent.
  record One(ObjectVersion version, Object shape) {}

  /// @param besides changes when something is told anew that is in no row
  MirrorAnswers(MirrorPool mirror, LongSupplier besides, InstantSource clock) {
    this.mirror = mirror;
    this.besides = besides;
    this.clock = clock;
  }

  /// What a read of one object takes.
  static Parameter minGeneration() {
    return Parameter.whole(
        MIN_GENERATION, "Waits up to a second until the mirror shows this generation.");
  }

  /// Every namespace with a row.
  List<String> namespaces() {
    return mirror.read(MirrorView::namespaces);
  }

  <T> Answer list(Asked asked, Function<MirrorView, Listing<T>> rows) {
    return listWith(asked, view -> new Rows<>(rows.apply(view), Wire.object()));
  }

  <T> Answer listWith(Asked asked, Function<MirrorView, Rows<T>> rows) {
    return listWith(asked, "", rows);
  }

  /// @param besides what the rows hang on besides, as text
  <T> Answer listWith(Asked asked, String besides, Function<MirrorView, Rows<T>> rows) {
    var known = known(asked, "\n" + besides);
    if (known.isPresent()) {
      return known.get();
    }
    return mirror.read(view -> {
      var fresh = view.freshness(clock.instant());
      var position = view.position();
      var content = content(asked, position, fresh) + "\n" + besides;
      var etag = "W/\"%s-%d-%s\"".formatted(position.epoch(), position.seq(), Digest.of(content));
      return marked(
          asked.has(etag)
              ? Answer.unchanged(etag)
              : rendered(
                  content,
                  () -> Answer.json(page(rows.apply(view), fresh)).with(Answer.ETAG, etag)),
          fresh);
    });
  }

  /// The same as an object on each line.
  Answer lines(Function<MirrorView, List<?>> items) {
    return mirror.read(
        view -> marked(Answer.lines(items.apply(view)), view.freshness(clock.instant())));
  }

  /// A list that does not hang on the rows alone, and so is made for each request.
  <T> Answer listNow(Function<MirrorView, Rows<T>> rows) {
    return mirror.read(view -> {
      var fresh = view.freshness(clock.instant());
      return marked(Answer.json(page(rows.apply(view), fresh)), fresh);
    });
  }

  /// The same for whoever knows of a state that another replica has shown: it is waited for, and
  /// said if it does not come.
  ///
  /// @param version which state of the object the rows show
  Answer one(
      Asked asked,
      ProblemReason missing,
      Function<MirrorView, Optional<ObjectVersion>> version,
      Function<MirrorView, Optional<One>> row) {
    var least = asked.query().one(MIN_GENERATION).map(Long::parseLong).orElse(0L);
    var there =
        least == 0
            || MirrorWait.until(
                mirror,
                MirrorWait.PATIENCE,
                view -> version.apply(view).filter(one -> one.generation() >= least).isPresent());
    if (there) {
      return one(asked, missing, row);
    }
    try {
      return one(asked, missing, row).with(MirrorWait.BEHIND, "behind");
    } catch (Refusal refusal) {
      return Answer.problem(refusal, asked.requestId()).with(MirrorWait.BEHIND, "behind");
    }
  }

  /// @param missing what it is called when it is not there
  Answer one(Asked asked, ProblemReason missing, Function<MirrorView, Optional<One>> row) {
    var known = known(asked, "");
    if (known.isPresent()) {
      return known.get();
    }
    return mirror.read(view -> {
      var fresh = view.freshness(clock.instant());
      var answer =
          rendered(
              content(asked, view.position(), fresh),
              () ->
                  shown(
                      row.apply(view)
                          .orElseThrow(() ->
                              Refusal.of(missing, "There is no such object in this namespace.")),
                      view.position(),
                      fresh));
      var etag = answer.headers().getOrDefault(Answer.ETAG, "");
      return marked(asked.has(etag) ? Answer.unchanged(etag) : answer, fresh);
    });
  }

  /// The number in its state is that of the last change of anything: an object shows what uses it,
  /// too. Each replica counts for itself, and so the state says whose number it is.
  private static Answer shown(One one, Position position, Freshness fresh) {
    if (one.shape() instanceof Declared declared) {
      return Answer.yaml(Manifests.of(List.of(declared)))
          .with(
              Answer.ETAG,
              "\"%s.%d.yaml\"".formatted(one.version().uid(), one.version().generation()));
    }
    // A shape leaves its freshness open: that belongs to the answer and not to the row.
    var body = (ObjectNode) Wire.tree(one.shape());
    if (fresh.stale()) {
      stale(body, fresh);
    }
    return Answer.json(body)
        .with(
            Answer.ETAG,
            "\"%s.%d.%d-%s%s\""
                .formatted(
                    one.version().uid(),
                    one.version().generation(),
                    position.seq(),
                    Digest.of(position.epoch()).substring(0, 8),
                    fresh.stale() ? ".stale-" + fresh.syncedAt().getEpochSecond() : ""));
  }

  /// All that the bytes of an answer hang on: rows, rights, question, and whether they are old.
  private String content(Asked asked, Position position, Freshness fresh) {
    return String.join(
        "\n",
        position.epoch(),
        Long.toString(position.seq()),
        Long.toString(besides.getAsLong()),
        asked.path(),
        asked.query().whole(),
        asked.reach().label(),
        asked.yaml() ? "yaml" : "",
        fresh.stale() ? fresh.syncedAt().toString() : "");
  }

  /// What was answered before and still holds: for that no row is read.
  private Optional<Answer> known(Asked asked, String besides) {
    var glimpse = mirror.glimpse();
    var fresh = glimpse.freshness(clock.instant());
    return Optional.ofNullable(
            rendered.getIfPresent(content(asked, glimpse.position(), fresh) + besides))
        .map(answer -> {
          var etag = answer.headers().getOrDefault(Answer.ETAG, "");
          return marked(asked.has(etag) ? Answer.unchanged(etag) : answer, fresh);
        });
  }

  private Answer rendered(String content, Supplier<Answer> render) {
    var known = rendered.getIfPresent(content);
    if (known != null) {
      return known;
    }
    var answer = render.get();
    rendered.put(content, answer);
    return answer;
  }

  /// Something that is told of the rows as a whole.
  Answer told(Function<MirrorView, ?> shape) {
    return mirror.read(
        view -> marked(Answer.json(shape.apply(view)), view.freshness(clock.instant())));
  }

  /// The same, and it says how old it is.
  Answer about(Function<MirrorView, ?> shape) {
    return mirror.read(view -> {
      var fresh = view.freshness(clock.instant());
      var body = (ObjectNode) Wire.tree(shape.apply(view));
      if (fresh.stale()) {
        stale(body, fresh);
      }
      return marked(Answer.json(body), fresh);
    });
  }

  static <T> ObjectNode page(Listing<T> page) {
    var body = Wire.object();
    var items = body.putArray("items");
    page.items().forEach(item -> items.add(Wire.tree(item)));
    body.put("total", page.total());
    page.next().ifPresent(next -> body.put("next", next));
    return body;
  }

  private static <T> ObjectNode page(Rows<T> rows, Freshness fresh) {
    var body = page(rows.page());
    stale(body, fresh);
    body.setAll(rows.extras());
    return body;
  }

  private static void stale(ObjectNode body, Freshness fresh) {
    body.put("stale", fresh.stale());
    if (fresh.stale()) {
      body.put("syncedAt", fresh.syncedAt().toString());
    }
  }

  private static Answer marked(Answer answer, Freshness fresh) {
    var aged = answer.with(AGE, Long.toString(fresh.age().toSeconds()));
    return fresh.stale() ? aged.with(STALE, "true") : aged;
  }
}
