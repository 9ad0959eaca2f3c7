package dev.llmconfig.rest;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Reach;
import dev.llmconfig.access.ReviewUnavailable;
import dev.llmconfig.access.Right;
import dev.llmconfig.access.TokenRejected;
import dev.llmconfig.access.TooManyNamespaces;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.rest.shape.EventItem;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Tells somebody what changes, as far as they may list it; and asks again every ten seconds
/// whether they still may.
final class EventRoute {

  private static final int MOST_STREAMS = 4;
  private static final Duration RIGHTS_HOLD = Duration.ofSeconds(10);

  private final Access access;
  private final MirrorPool mirror;
  private final EventHub hub;
  private final Ticker ticker;
  private final Map<String, Integer> streams = new ConcurrentHashMap<>();

  EventRoute(Parts parts, EventHub hub) {
    this.access = parts.access();
    this.mirror = parts.mirror();
    this.hub = hub;
    this.ticker = parts.ticker();
  }

  static List<Parameter> parameters() {
    return List.of(
        Parameter.namespaces(),
        new Parameter(
            "kind",
            "Only of these kinds.",
            new Parameter.Word(Arrays.stream(ObjectKind.values()).map(Enum::name).toList()),
            true));
  }

  /// What somebody may list, by kind, where they asked for it.
  private record Sight(Map<ObjectKind, Reach> reaches, List<String> namespaces)
      implements EventReader.Sight {

    @Override
    public boolean includes(ObjectKind kind, String namespace) {
      var reach = reaches.get(kind);
      return reach != null
          && reach.includes(namespace)
          && (namespaces.isEmpty() || namespaces.contains(namespace));
    }

    @Override
    public boolean includes(ObjectKind kind) {
      return reaches.containsKey(kind);
    }

    String label() {
      return reaches.entrySet().stream()
          .map(one -> one.getKey() + " " + one.getValue().label())
          .collect(Collectors.joining("\n"));
    }
  }

  Answer answer(Asked asked) {
    var caller = asked.signedIn();
    var sight = sight(caller, asked.query());
    if (sight.reaches().isEmpty()) {
      throw Refusal.forbidden(access.who(caller).name(), missing(asked.query()));
    }
    var _ = mirror.read(MirrorView::position);
    var who = access.who(caller).name();
    if (streams.getOrDefault(who, 0) >= MOST_STREAMS) {
      throw Refusal.tooMany(
          "There are at most %d event streams for each caller.".formatted(MOST_STREAMS),
          RIGHTS_HOLD);
    }
    return Answer.streaming(sink -> stream(who, caller, sight, asked, sink));
  }

  private void stream(String who, Caller caller, Sight first, Asked asked, EventSink sink)
      throws InterruptedException {
    if (streams.merge(who, 1, Integer::sum) > MOST_STREAMS) {
      left(who);
      var _ = sink.send("bye", new EventItem.Bye(ProblemReason.TooManyRequests.name()));
      return;
    }
    var reader = new EventReader(asked.lastEventId(), first);
    asked.gone().follow(reader::end);
    hub.join(reader);
    try {
      pour(caller, first, asked, reader, sink);
    } finally {
      hub.leave(reader);
      left(who);
    }
  }

  private void left(String who) {
    streams.computeIfPresent(who, (_, number) -> number > 1 ? number - 1 : null);
  }

  private void pour(Caller caller, Sight first, Asked asked, EventReader reader, EventSink sink)
      throws InterruptedException {
    var sight = first;
    var at = ticker.read();
    while (!sink.left()) {
      var event = reader.next(RIGHTS_HOLD);
      if (ticker.read() - at >= RIGHTS_HOLD.toNanos() || event == null) {
        at = ticker.read();
        var now = sightOr(sight, caller, asked, sink);
        if (now.isEmpty()) {
          return;
        }
        if (!now.get().label().equals(sight.label())) {
          sight = now.get();
          reader.sees(sight);
          reader.again();
          continue;
        }
      }
      if (event != null && (!sink.write(event.bytes()) || event.last())) {
        return;
      }
    }
  }

  /// What they may see by now.
  ///
  /// @return empty when that is nothing, or nobody can say; then that was the last event
  private Optional<Sight> sightOr(Sight before, Caller caller, Asked asked, EventSink sink)
      throws InterruptedException {
    ProblemReason why;
    try {
      var now = sight(caller, asked.query());
      if (!now.reaches().isEmpty()) {
        return Optional.of(now);
      }
      why = ProblemReason.Forbidden;
    } catch (TokenRejected _) {
      why = ProblemReason.TokenRejected;
    } catch (ReviewUnavailable _) {
      why = ProblemReason.ApiServerUnavailable;
    } catch (TooManyNamespaces _) {
      why = ProblemReason.NamespaceRequired;
    } catch (MirrorUnavailable _) {
      return Optional.of(before); // what comes then is told by then
    }
    var _ = sink.send("bye", new EventItem.Bye(why.name()));
    return Optional.empty();
  }

  private Sight sight(Caller caller, Query query) {
    var asked = query.all("namespace");
    var places = asked.isEmpty() ? mirror.read(MirrorView::namespaces) : asked;
    var reaches = new EnumMap<ObjectKind, Reach>(ObjectKind.class);
    var unsaid = Optional.<RuntimeException>empty();
    for (var kind : ObjectKind.values()) {
      if (query.allows("kind", kind.name())) {
        try {
          var reach = access.reach(caller, list(kind), places);
          if (asked.isEmpty() ? !reach.nowhere() : asked.stream().anyMatch(reach::includes)) {
            reaches.put(kind, reach);
          }
        } catch (TokenRejected | ReviewUnavailable nobodySays) {
          unsaid = Optional.of(nobodySays);
        }
      }
    }
    if (reaches.isEmpty() && unsaid.isPresent()) {
      throw unsaid.get();
    }
    return new Sight(reaches, asked);
  }

  private static Right list(ObjectKind kind) {
    return Right.of("list", kind == ObjectKind.ApiKeyConfig ? "apikeyconfigs" : "modelconfigs");
  }

  private static Right missing(Query query) {
    var kind =
        Arrays.stream(ObjectKind.values())
            .filter(one -> query.allows("kind", one.name()))
            .findFirst()
            .orElse(ObjectKind.ApiKeyConfig);
    var asked = query.all("namespace");
    return asked.isEmpty() ? list(kind) : list(kind).in(asked.getFirst());
  }
}
