package dev.llmconfig.cli;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// The operator notes every five seconds that it hears the cluster. When it has not for longer, the
/// cluster may not answer the sidecar, either: that is found out before somebody has to wait for
/// it.
final class AgeingRows implements AutoCloseable {

  private static final Duration LOOKS = Duration.ofSeconds(2);
  private static final double OLD_SECONDS = 12;

  private final DoubleSupplier age;
  private final Runnable check;
  private final Thread thread;

  /// @param age of the rows in seconds; no number while there are none
  /// @param check may block for some seconds
  AgeingRows(DoubleSupplier age, Runnable check) {
    this.age = age;
    this.check = check;
    this.thread = Thread.ofVirtual().name("ageing-rows").start(this::look);
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(LOOKS);
        if (age.getAsDouble() > OLD_SECONDS) {
          check.run();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // this process ends
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
