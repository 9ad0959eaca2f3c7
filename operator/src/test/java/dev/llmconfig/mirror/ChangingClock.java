package dev.llmconfig.mirror;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Goes when it is told to.
public final class ChangingClock implements InstantSource {

  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }
}
