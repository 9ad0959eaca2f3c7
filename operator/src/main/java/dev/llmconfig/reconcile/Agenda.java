package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Ref;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// What is to be looked at, and from when on.
final class Agenda {

  record Errand(Kind kind, Ref ref) {
    enum Kind {
      KEY,
      MODEL
    }
  }

  private record Waiting(Collection<Errand> errands, CountDownLatch done) {}

  private final InstantSource clock;
  private final Map<Errand, Instant> due = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean closed;

  Agenda(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void put(Errand errand, Instant at) {
    due.merge(errand, at, (one, other) -> one.isBefore(other) ? one : other);
    notifyAll();
  }

  /// As soon as may be.
  ///
  /// @return opens when each was looked at
  synchronized CountDownLatch put(Collection<Errand> errands) {
    var done = new CountDownLatch(1);
    errands.forEach(errand -> put(errand, Instant.EPOCH));
    waiting.add(new Waiting(new ArrayList<>(errands), done));
    return done;
  }

  /// Waits for the next one; empty when there will be none.
  synchronized Optional<Errand> take() throws InterruptedException {
    while (!closed) {
      var next = due.entrySet().stream().min(Map.Entry.comparingByValue());
      if (next.isEmpty()) {
        wait();
        continue;
      }
      var left = Duration.between(clock.instant(), next.get().getValue());
      if (left.isPositive()) {
        wait(left.toMillis() + 1);
        continue;
      }
      due.remove(next.get().getKey());
      return Optional.of(next.get().getKey());
    }
    return Optional.empty();
  }

  /// It was looked at.
  synchronized void done(Errand errand) {
    if (due.containsKey(errand) && !due.get(errand).isAfter(clock.instant())) {
      return; // and is to be looked at once more
    }
    waiting.forEach(one -> one.errands().remove(errand));
    waiting.removeIf(one -> {
      if (one.errands().isEmpty()) {
        one.done().countDown();
      }
      return one.errands().isEmpty();
    });
  }

  synchronized void close() {
    closed = true;
    waiting.forEach(one -> one.done().countDown());
    waiting.clear();
    notifyAll();
  }
}
