package dev.llmconfig.cli;

import java.util.concurrent.CountDownLatch;

/// How a process that runs until it is told ends.
final class Ending {

  private Ending() {}

  /// A signal ends the process with 0 once everything is put away; an end by itself is not held up.
  static void of(CountDownLatch stop, CountDownLatch stopped) {
    if (stopped.getCount() == 0) {
      return;
    }
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }
}
