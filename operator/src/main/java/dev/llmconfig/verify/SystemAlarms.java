package dev.llmconfig.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Real time. One thread rings all alarms, so what they start must be quick.
public final class SystemAlarms implements Alarms, AutoCloseable {

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("verify-alarms").factory());

  public SystemAlarms() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Alarm ring(Instant when, Runnable what) {
    long nanos = Math.max(0, Duration.between(instant(), when).toNanos());
    ScheduledFuture<?> ringing = timer.schedule(what, nanos, TimeUnit.NANOSECONDS);
    return () -> ringing.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
