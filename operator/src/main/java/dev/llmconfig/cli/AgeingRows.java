package dev.llmconfig.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// The operator notes every five seconds that it hears the cluster. When it has not for longer, the
/// cluster may not answer the sidecar, either: that is found out before somebody has to wait for
/// it.
final class AgeingRows implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final double OLD_SECONDS = 12;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ageing-rows").daemon().factory());

  /// @param age of the rows in seconds; no number while there are none
  /// @param check may block for some seconds
  AgeingRows(DoubleSupplier age, Runnable check) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> {
              if (age.getAsDouble() > OLD_SECONDS) {
                check.run();
              }
            },
            EVERY.toMillis(),
            EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
