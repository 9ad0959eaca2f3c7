package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.Key;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.rest.shape.TestResult;
import dev.llmconfig.store.Holding;
import dev.llmconfig.store.KeyChange;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Replacement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Changes of keys.
final class KeyWrites {

  private static final String PATH = "/config/api-keys";
  private static final Duration TEST = Duration.ofSeconds(10);

  private final Parts parts;
  private final Outcomes outcomes;

  KeyWrites(Parts parts, KeyReads reads) {
    this.parts = parts;
    var written =
        new Written(
            parts.mirror(),
            parts.installation().api() + PATH,
            (view, ref) -> view.key(ref).map(one -> one.row().version()),
            reads::one,
            KeyWrites::unseen);
    this.outcomes =
        new Outcomes(
            parts.access(),
            written,
            ProblemReason.ApiKeyNotFound,
            Impacts.of(parts, ObjectKind.ApiKeyConfig));
  }

  Answer create(Asked asked) {
    var sent = asked.sent();
    Watched.require(parts.mirror(), sent.path("namespace").asText());
    try (var material = material(sent)) {
      return outcomes.answer(
          asked,
          201,
          parts
              .store()
              .createKey(
                  asked.signedIn(),
                  new KeyDraft(
                      sent.path("namespace").asText(),
                      Optional.ofNullable(sent.path("name").textValue()),
                      spec(sent),
                      holding(sent),
                      sent.path("consent").asBoolean()),
                  material,
                  Wishes.manner(asked)));
    }
  }

  Answer change(Asked asked) {
    try (var material = material(asked.sent())) {
      return outcomes.answer(
          asked,
          200,
          parts
              .store()
              .changeKey(
                  asked.signedIn(),
                  asked.ref(),
                  Wishes.seen(asked),
                  new KeyChange(
                      spec(asked.sent()),
                      holding(asked.sent()),
                      asked.sent().path("consent").asBoolean()),
                  material,
                  Wishes.manner(asked)));
    }
  }

  Answer delete(Asked asked) {
    return outcomes.answer(
        asked,
        204,
        parts
            .store()
            .deleteKey(
                asked.signedIn(),
                asked.ref(),
                Wishes.seen(asked),
                replacement(asked),
                Wishes.manner(asked)));
  }

  /// For a key that comes from the environment of a store without a cluster.
  Answer keep(Asked asked) {
    return outcomes.answer(
        asked, 200, parts.store().keepKey(asked.signedIn(), asked.ref(), Wishes.seen(asked)));
  }

  private static Replacement replacement(Asked asked) {
    var other = asked.query().one("replaceWith");
    if (other.isEmpty()) {
      return Wishes.yes(asked, "force") ? new Replacement.Forced() : new Replacement.None();
    }
    return other
        .flatMap(Asked::ref)
        .filter(ref -> ref.namespace().equals(asked.ref().namespace()))
        .map(ref -> new Replacement.By(ref.name()))
        .orElseThrow(() ->
            Refusal.fields(
                ProblemReason.Invalid,
                List.of(
                    new Problem.Field(
                        "replaceWith",
                        ProblemReason.Invalid.name(),
                        "replaceWith is no id of a key in this namespace."))));
  }

  /// The operator's own check: only the verdict that answers this very request is taken for it.
  Answer test(Asked asked) {
    var outcome = parts.store().requestTest(asked.signedIn(), asked.ref(), Wishes.seen(asked));
    if (!(outcome instanceof Outcome.Requested(_, var mark))) {
      return outcomes.answer(asked, 200, outcome);
    }
    return MirrorWait.found(parts.mirror(), TEST, view -> handled(view, asked.ref(), mark))
        .map(row -> KeyTests.answer(asked, result(row)))
        .orElseGet(() ->
            Answer.of(
                202,
                new TestResult(
                    TestResult.Outcome.Pending,
                    null,
                    "The operator has not checked the key yet.",
                    "Look at the key in a moment.",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)));
  }

  private static Optional<KeyRow> handled(MirrorView view, Ref key, String mark) {
    return view.key(key)
        .map(Stored::row)
        .filter(row ->
            Wire.object(row.told().status()).path("handled").path("verify").asText().equals(mark));
  }

  /// Where the key could not even be read, that is the verdict.
  private static TestResult result(KeyRow row) {
    var status = Wire.object(row.told().status());
    var conditions = Told.conditions(status);
    var decisive =
        Stream.of("Resolved", "Verified", "Ready")
            .flatMap(type -> conditions.stream().filter(one -> one.type().equals(type)))
            .filter(one -> !(one.type().equals("Resolved") && one.status().equals("True")))
            .findFirst();
    var reason = decisive.map(one -> String.valueOf(one.reason())).orElse("");
    return new TestResult(
        switch (decisive.map(one -> one.status()).orElse("")) {
          case "True" -> TestResult.Outcome.Accepted;
          case "False" -> TestResult.Outcome.Refused;
          default -> TestResult.Outcome.Unknown;
        },
        Told.unlessEmpty(reason),
        decisive.map(one -> one.message()).orElse(null),
        KeyTold.nextStep(reason, row).orElse(null),
        row.told().checkedAt().orElse(null),
        null,
        KeyReads.number(row.told().modelCount()),
        Told.unlessEmpty(status.path("requestId").asText()),
        null,
        null);
  }

  static ObjectNode spec(ObjectNode sent) {
    return sent.deepCopy().without(List.of("namespace", "name", "key", "store", "consent"));
  }

  static Optional<Holding> holding(ObjectNode sent) {
    return Optional.ofNullable(sent.path("store").textValue()).map(Holding::valueOf);
  }

  static KeyMaterial material(ObjectNode sent) {
    var key = sent.path("key").textValue();
    if (key == null) {
      return new KeyMaterial.Absent();
    }
    var bytes = key.getBytes(StandardCharsets.UTF_8);
    try {
      return KeyMaterial.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// What is known of a key of which the mirror knows nothing yet.
  private static Key unseen(dev.llmconfig.store.Stored stored) {
    var spec = stored.spec();
    return new Key(
        Told.id(stored.ref()),
        stored.ref().namespace(),
        stored.ref().name(),
        spec.path("provider").asText(),
        spec.path("displayName").textValue(),
        KeyReads.source(
            Stream.of("secretRef", "encryptedKey", "sealedKey")
                .filter(spec::has)
                .findFirst()
                .orElse("")),
        null,
        null,
        stored.createdAt(),
        null,
        !spec.path("suspend").asBoolean(),
        spec.path("expiresAt").textValue(),
        KeyPhase.Pending,
        null,
        null,
        null,
        null,
        new Key.UsedBy(0, 0),
        null,
        null,
        stored.generation(),
        stored.version(),
        spec,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
