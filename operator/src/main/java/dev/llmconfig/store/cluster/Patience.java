package dev.llmconfig.store.cluster;

import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Others write the same object at the same moment, such as the operator that tells of it in its
/// status, and come to rest a moment later: what was meant for an older version is done again.
final class Patience {

  /// Somebody has written to the object that was looked at.
  static final Predicate<Why> TOLD_OF = why -> why instanceof Why.Modified;

  /// Or it is another one by now.
  static final Predicate<Why> OVERTAKEN =
      why -> why instanceof Why.Modified || why instanceof Why.Replaced;

  private static final int TRIES = 7;

  /// Before the second try; each further one waits twice as long.
  private static final Duration PAUSE = Duration.ofMillis(25);

  private Patience() {}

  /// Ends with the last refusal.
  static <T> T of(Predicate<Why> again, Supplier<T> work) {
    return of(
        again,
        work,
        refused -> {
          throw refused;
        });
  }

  /// @param work which looks at the object anew each time
  /// @param atLast what it is when others were faster each time
  static <T> T of(Predicate<Why> again, Supplier<T> work, Function<ApiRefusal, T> atLast) {
    for (var attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (ApiRefusal refused) {
        if (!again.test(refused.why())) {
          throw refused;
        }
        if (attempt == TRIES) {
          return atLast.apply(refused);
        }
      }
      pause(attempt);
    }
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(PAUSE.multipliedBy(1L << (attempt - 1)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
