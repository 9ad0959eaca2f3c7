package dev.llmconfig.provider.transport;

import java.time.Duration;

/// A point in time that several calls share, on a clock that nobody can set back.
public final class Deadline {

  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /// The earlier of this one and one that far from now.
  public Deadline atMost(Duration duration) {
    Deadline other = in(duration);
    return other.nanos - nanos < 0 ? other : this;
  }

  /// Zero once it has passed.
  public long leftNanos() {
    return Math.max(0, nanos - System.nanoTime());
  }

  public Duration left() {
    return Duration.ofNanos(leftNanos());
  }
}
