package dev.llmconfig.rest;

import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/// Waits for what the mirror is about to show.
final class MirrorWait {

  /// Says that it was not waited for any longer.
  static final String BEHIND = "x-llmconfig-mirror";

  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long LOOKS = Duration.ofMillis(10).toNanos();

  private MirrorWait() {}

  /// Whether the mirror came to say so in time.
  static boolean until(MirrorPool mirror, Duration patience, Predicate<MirrorView> says) {
    return found(mirror, patience, view -> Optional.of(says.test(view)).filter(yes -> yes))
        .isPresent();
  }

  /// What it came to show in time, as it was in that very look: in the next it may be gone.
  static <T> Optional<T> found(
      MirrorPool mirror, Duration patience, Function<MirrorView, Optional<T>> shows) {
    var end = System.nanoTime() + patience.toNanos();
    do {
      try {
        var found = mirror.read(shows);
        if (found.isPresent()) {
          return found;
        }
      } catch (MirrorUnavailable _) {
        return Optional.empty();
      }
      LockSupport.parkNanos(LOOKS);
    } while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted());
    return Optional.empty();
  }
}
