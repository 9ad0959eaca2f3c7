package dev.llmconfig.store.cluster;

import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Others write the same object at the same moment, such as the operator that tells of it in its
/// status, and come to rest a moment later: what was meant for an older version is done again. One
/// call has one of these.
final class Patience {

  /// Somebody has written to the object that was looked at.
  static final Predicate<Why> TOLD_OF = why -> why instanceof Why.Modified;

  /// Or it is another one by now.
  static final Predicate<Why> OVERTAKEN =
      why -> why instanceof Why.Modified || why instanceof Why.Replaced;

  private static final int TRIES = 7;

  /// Before the second try; each further one waits twice as long.
  private static final Duration PAUSE = Duration.ofMillis(25);

  /// For all of one call: of five hundred objects each may be contended.
  private static final Duration MOST_LOST = Duration.ofSeconds(10);

  private final LongSupplier nanos;
  private final Rest rest;
  private long lost;

  /// Lets some time go by.
  interface Rest {
    void take(Duration time) throws InterruptedException;
  }

  Patience() {
    this(System::nanoTime, Thread::sleep);
  }

  Patience(LongSupplier nanos, Rest rest) {
    this.nanos = nanos;
    this.rest = rest;
  }

  /// Ends with the last refusal.
  <T> T of(Predicate<Why> again, Supplier<T> work) {
    return of(
        again,
        work,
        refused -> {
          throw refused;
        });
  }

  /// @param work which looks at the object anew each time
  /// @param atLast what it is when others were faster each time
  <T> T of(Predicate<Why> again, Supplier<T> work, Function<ApiRefusal, T> atLast) {
    for (var attempt = 1; ; attempt++) {
      var begun = nanos.getAsLong();
      try {
        return work.get();
      } catch (ApiRefusal refused) {
        if (!again.test(refused.why())) {
          throw refused;
        }
        if (attempt == TRIES || lost >= MOST_LOST.toNanos()) {
          return atLast.apply(refused);
        }
        if (!rested(PAUSE.multipliedBy(1L << (attempt - 1)))) {
          throw refused;
        }
      }
      lost += nanos.getAsLong() - begun;
    }
  }

  /// What was done is taken back with patience of its own, however much is lost by then.
  void takingBack(Runnable work) {
    var before = lost;
    lost = 0;
    try {
      work.run();
    } finally {
      lost = before;
    }
  }

  private boolean rested(Duration time) {
    try {
      rest.take(time);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
