package dev.llmconfig.rest;

import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
    var end = System.nanoTime() + patience.toNanos();
    do {
      try {
        if (mirror.read(says::test)) {
          return true;
        }
      } catch (MirrorUnavailable _) {
        return false;
      }
      LockSupport.parkNanos(LOOKS);
    } while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted());
    return false;
  }
}
