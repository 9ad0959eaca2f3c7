package dev.llmconfig.mirror;

import java.time.Duration;
import java.time.Instant;

/// How old an answer is. Both clocks are those of one machine (traps U17).
public record Freshness(Instant syncedAt, Duration age) {

  /// Of rows that are the truth themselves: later than any clock says, so that they are never old.
  public static final Instant ALWAYS = Instant.parse("9999-12-31T23:59:59Z");

  private static final Duration STALE = Duration.ofSeconds(30);

  /// A clock that was put back makes nothing younger than new.
  public static Freshness of(Instant syncedAt, Instant now) {
    var age = Duration.between(syncedAt, now);
    return new Freshness(syncedAt, age.isNegative() ? Duration.ZERO : age);
  }

  public boolean stale() {
    return age.compareTo(STALE) > 0;
  }
}
