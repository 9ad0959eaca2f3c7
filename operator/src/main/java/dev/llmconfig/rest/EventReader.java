package dev.llmconfig.rest;

import dev.llmconfig.mirror.ObjectKind;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for one reader. Who is too far behind is told to read everything again, because that
/// is less.
final class EventReader {

  static final int FURTHEST_BEHIND = 256;

  /// Events that are there together go out together, up to about this: for many readers most of the
  /// work is the writing.
  private static final int A_PIECE = 16 * 1024;

  /// What is to be told, rendered once for all readers.
  ///
  /// @param last whether nothing comes after it
  record Event(Buffer bytes, boolean last) {}

  /// An event, and where a reader is who has read it; empty for where it was before.
  record Placed(Event event, String at) {}

  /// Which objects are shown to whom.
  interface Sight {
    boolean includes(ObjectKind kind, String namespace);

    /// Of any namespace.
    boolean includes(ObjectKind kind);
  }

  /// Where a reader goes on who has read to here before; empty for a new one.
  final String lastEventId;

  private final ReentrantLock turn = new ReentrantLock();
  private final Condition something = turn.newCondition();
  private final Deque<Event> waiting = new ArrayDeque<>();
  private final Set<ObjectKind> lost = EnumSet.noneOf(ObjectKind.class);
  private volatile Sight sight;
  private String position = "";
  private volatile boolean ended;
  private boolean greeted;

  EventReader(String lastEventId, Sight sight) {
    this.lastEventId = lastEventId;
    this.sight = sight;
  }

  Sight sight() {
    return sight;
  }

  void sees(Sight other) {
    sight = other;
  }

  /// Does not wait.
  ///
  /// @param at where a reader is who has read this
  void offer(Event event, String at) {
    offer(List.of(new Placed(event, at)));
  }

  /// Wakes whoever waits once for all of them.
  void offer(List<Placed> events) {
    turn.lock();
    try {
      for (var one : events) {
        position = one.at().isEmpty() ? position : one.at();
        if (waiting.size() >= FURTHEST_BEHIND) {
          var first = waiting.remove();
          waiting.clear();
          if (!greeted) {
            waiting.add(first); // nothing comes before the hello
          }
          everythingAgain();
        }
        waiting.add(one.event());
      }
      something.signal();
    } finally {
      turn.unlock();
    }
  }

  /// Begins, or begins anew: what was to be told before says nothing any more.
  void greet(Event hello, String at) {
    turn.lock();
    try {
      position = at;
      waiting.clear();
      lost.clear();
      waiting.add(hello);
      greeted = false;
      something.signal();
    } finally {
      turn.unlock();
    }
  }

  /// What was told and what was not is one thing to somebody who reads everything again.
  void again() {
    turn.lock();
    try {
      waiting.removeIf(one -> greeted && !one.last());
      everythingAgain();
      something.signal();
    } finally {
      turn.unlock();
    }
  }

  /// It has gone, and waits for nothing.
  void end() {
    turn.lock();
    try {
      ended = true;
      something.signal();
    } finally {
      turn.unlock();
    }
  }

  boolean ended() {
    return ended;
  }

  private void everythingAgain() {
    for (var kind : ObjectKind.values()) {
      if (sight.includes(kind)) {
        lost.add(kind);
      }
    }
  }

  /// The next one, or those that are there as one.
  ///
  /// @return absent when nothing came for so long
  @Nullable Event next(Duration patience) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      var left = patience.toNanos();
      while (waiting.isEmpty() && lost.isEmpty()) {
        if (left <= 0 || ended) {
          return null;
        }
        left = something.awaitNanos(left);
      }
      if (!greeted || lost.isEmpty()) {
        greeted = true;
        return together();
      }
      var kind = lost.iterator().next();
      lost.remove(kind);
      // Who goes on from here has read all of them.
      return new Event(EventHub.refresh(lost.isEmpty() ? position : "", kind), false);
    } finally {
      turn.unlock();
    }
  }

  private Event together() {
    var first = waiting.remove();
    if (waiting.isEmpty() || !lost.isEmpty()) {
      return first;
    }
    var all = Buffer.buffer().appendBuffer(first.bytes());
    var last = first.last();
    while (!last && !waiting.isEmpty() && all.length() < A_PIECE) {
      var next = waiting.remove();
      all.appendBuffer(next.bytes());
      last = next.last();
    }
    return new Event(all, last);
  }
}
