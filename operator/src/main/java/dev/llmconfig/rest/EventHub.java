package dev.llmconfig.rest;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Change;
import dev.llmconfig.mirror.Changes;
import dev.llmconfig.mirror.Freshness;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.MirrorWatch;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.EventItem;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// Makes events of the changes of the rows, once for all readers. It tells them in the order of
/// their numbers, so that whoever goes on from a number misses nothing and hears nothing twice; of
/// an object that changes all the time it tells the newest state, four times a second.
final class EventHub implements MirrorWatch.Follower {

  private static final int MOST_AT_ONCE = 100;
  private static final Duration A_MOMENT = Duration.ofMillis(500);
  private static final long AN_OBJECT_NANOS = Duration.ofMillis(250).toNanos();

  private final MirrorWatch watch;
  private final KeyReads keys;
  private final ConfigReads configs;
  private final AgentReads agents;
  private final InstantSource clock;
  private final Ticker ticker;
  private final List<EventReader> readers = new CopyOnWriteArrayList<>();
  private final Queue<EventReader> coming = new ConcurrentLinkedQueue<>();

  private volatile Optional<String> closing = Optional.empty();

  // The rest belongs to the thread that looks.
  private final Map<Id, Long> pending = new LinkedHashMap<>();
  private final Map<Id, Long> told = new HashMap<>();
  private Optional<Position> seen = Optional.empty();
  private Instant syncedAt = Instant.EPOCH;
  private boolean stale;

  private record Id(ObjectKind kind, Ref ref) {}

  private record News(Id id, EventReader.Placed told) {}

  EventHub(
      MirrorWatch watch,
      KeyReads keys,
      ConfigReads configs,
      AgentReads agents,
      InstantSource clock,
      Ticker ticker) {
    this.watch = watch;
    this.keys = keys;
    this.configs = configs;
    this.agents = agents;
    this.clock = clock;
    this.ticker = ticker;
  }

  void join(EventReader reader) {
    coming.add(reader);
    synchronized (this) {
      watch.follow(this);
    }
  }

  synchronized void leave(EventReader reader) {
    reader.end();
    coming.remove(reader);
    readers.remove(reader);
    notifyAll();
    if (readers.isEmpty() && coming.isEmpty()) {
      watch.rest();
    }
  }

  /// The last thing that all of them hear, who are given a moment to do so.
  synchronized void close(String reason) {
    closing = Optional.of(reason);
    for (var reader : readers) {
      reader.offer(bye(reason), "");
    }
    try {
      var until = System.nanoTime() + A_MOMENT.toNanos();
      for (var left = A_MOMENT; !(readers.isEmpty() && coming.isEmpty()) && left.isPositive(); ) {
        wait(left.toMillis() + 1);
        left = Duration.ofNanos(until - System.nanoTime());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static EventReader.Event bye(String reason) {
    return new EventReader.Event(EventSink.event("", "bye", new EventItem.Bye(reason)), true);
  }

  @Override
  public void look(boolean changed, MirrorWatch.Reading reading) {
    if (changed || !pending.isEmpty() || !coming.isEmpty()) {
      var _ =
          reading.read(view -> {
            step(view);
            return true;
          });
    }
    freshness();
  }

  private void step(MirrorView view) {
    syncedAt = view.freshness(clock.instant()).syncedAt();
    var here = view.position();
    var before = seen.filter(one -> one.epoch().equals(here.epoch()));
    if (before.isEmpty()) {
      anew(here);
    } else if (before.get().seq() != here.seq()) {
      take(view.changesSince(before.get()), here);
    }
    seen = Optional.of(here);
    emit(view, here);
    for (var next = coming.peek(); next != null; next = coming.peek()) {
      welcome(next, view, here);
      coming.remove(next);
    }
  }

  /// Made anew, or looked at for the first time since somebody listened.
  private void anew(Position here) {
    pending.clear();
    for (var reader : readers) {
      reader.greet(hello("", here), id(here.epoch(), here.seq()));
      reader.again();
    }
  }

  private void take(Changes changes, Position here) {
    switch (changes) {
      case Changes.Unknown() -> again(EnumSet.allOf(ObjectKind.class), here);
      case Changes.Known(var known) -> {
        for (var change : known) {
          var one = new Id(change.kind(), change.ref());
          pending.remove(one);
          pending.put(one, change.seq());
        }
        if (known.size() > MOST_AT_ONCE) {
          var kinds = EnumSet.noneOf(ObjectKind.class);
          pending.keySet().forEach(one -> kinds.add(one.kind()));
          again(kinds, here);
        }
      }
    }
  }

  /// Only the last one can be gone on from.
  private void again(Set<ObjectKind> kinds, Position here) {
    pending.clear();
    var at = id(here.epoch(), here.seq());
    for (var reader : readers) {
      var shown = kinds.stream().filter(kind -> reader.sight().includes(kind)).toList();
      for (var kind : shown) {
        var last = kind == shown.getLast();
        reader.offer(new EventReader.Event(refresh(last ? at : "", kind), false), at);
      }
    }
  }

  private void emit(MirrorView view, Position here) {
    var news = new ArrayList<News>();
    var now = ticker.read();
    told.values().removeIf(at -> now - at >= AN_OBJECT_NANOS);
    for (var each = pending.entrySet().iterator(); each.hasNext(); ) {
      var next = each.next();
      if (told.containsKey(next.getKey())) {
        break; // a quarter of a second at most, and the order stays
      }
      var at = id(here.epoch(), next.getValue());
      var event = new EventReader.Event(event(at, next.getKey(), view), false);
      news.add(new News(next.getKey(), new EventReader.Placed(event, at)));
      told.put(next.getKey(), now);
      each.remove();
    }
    for (var reader : readers) {
      var shown = news.stream().filter(one -> shows(reader, one.id())).map(News::told).toList();
      if (!shown.isEmpty()) {
        reader.offer(shown);
      }
    }
  }

  private static boolean shows(EventReader reader, Id one) {
    return reader.sight().includes(one.kind(), one.ref().namespace());
  }

  private void welcome(EventReader reader, MirrorView view, Position here) {
    var at = new Position(here.epoch(), toldUntil(here));
    var from = position(reader.lastEventId);
    if (reader.lastEventId.isEmpty()) {
      reader.greet(hello(id(at.epoch(), at.seq()), at), id(at.epoch(), at.seq()));
    } else {
      // Whoever is cut off behind the hello must come again from where they were.
      reader.greet(hello("", at), id(at.epoch(), at.seq()));
      var since =
          from.filter(one -> one.seq() <= at.seq())
              .<Changes>map(view::changesSince)
              .orElseGet(Changes.Unknown::new);
      if (!(since instanceof Changes.Known(var missed)) || !replayed(missed, at, reader, view)) {
        reader.again();
      }
    }
    readers.add(reader);
    closing.ifPresent(reason -> reader.offer(bye(reason), ""));
    if (reader.ended()) {
      leave(reader);
    }
  }

  /// What comes later is told with everybody else.
  private boolean replayed(List<Change> missed, Position at, EventReader reader, MirrorView view) {
    var latest = new LinkedHashMap<Id, Long>();
    for (var change : missed) {
      var one = new Id(change.kind(), change.ref());
      latest.remove(one);
      if (change.seq() <= at.seq()) {
        latest.put(one, change.seq());
      }
    }
    var shown = new ArrayList<>(latest.entrySet());
    shown.removeIf(one -> !shows(reader, one.getKey()));
    if (shown.size() >= EventReader.FURTHEST_BEHIND - 1) {
      return false;
    }
    for (var one : shown) {
      var id = id(at.epoch(), one.getValue());
      reader.offer(new EventReader.Event(event(id, one.getKey(), view), false), id);
    }
    return true;
  }

  /// All changes up to here have been told, in this state or a later one.
  private long toldUntil(Position here) {
    return pending.values().stream().findFirst().map(first -> first - 1).orElse(here.seq());
  }

  private void freshness() {
    var now = Freshness.of(syncedAt, clock.instant()).stale();
    if (now != stale && seen.isPresent()) {
      stale = now;
      var event =
          EventSink.event("", "freshness", new EventItem.Freshness(now, syncedAt.toString()));
      for (var reader : readers) {
        reader.offer(new EventReader.Event(event, false), "");
      }
    }
  }

  private EventReader.Event hello(String id, Position at) {
    var old = Freshness.of(syncedAt, clock.instant()).stale();
    return new EventReader.Event(
        EventSink.event(id, "hello", new EventItem.Hello(at.epoch(), at.seq(), old)), false);
  }

  static Buffer refresh(String id, ObjectKind kind) {
    return EventSink.event(id, "refresh", new EventItem.Refresh(kind.name()));
  }

  private Buffer event(String at, Id one, MirrorView view) {
    var id = Told.id(one.ref());
    return item(one, view)
        .map(item ->
            EventSink.event(at, "upsert", new EventItem.Upsert(one.kind().name(), id, item)))
        .orElseGet(
            () -> EventSink.event(at, "delete", new EventItem.Delete(one.kind().name(), id)));
  }

  private Optional<?> item(Id one, MirrorView view) {
    return switch (one.kind()) {
      case ApiKeyConfig ->
          view.key(one.ref())
              .map(Stored::row)
              .map(row -> keys.shape(row, view.uses(row.ref()), Optional.empty()));
      case ModelConfig ->
          view.modelConfig(one.ref())
              .map(Stored::row)
              .map(row -> configs.shape(row, Optional.empty()));
      case Agent ->
          view.agent(one.ref())
              .map(Stored::row)
              .map(row -> agents.shape(row, AgentReads.keyOf(row, view), Optional.empty()));
    };
  }

  private static String id(String epoch, long seq) {
    return epoch + "-" + seq;
  }

  private static Optional<Position> position(String id) {
    var dash = id.lastIndexOf('-');
    try {
      return dash <= 0
          ? Optional.empty()
          : Optional.of(
              new Position(id.substring(0, dash), Long.parseLong(id.substring(dash + 1))));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
