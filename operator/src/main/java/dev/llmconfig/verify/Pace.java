package dev.llmconfig.verify;

import java.time.Duration;
import java.util.Optional;

/// How fast anybody is asked anything.
///
/// @param atOnce how many questions an endpoint is asked at the same time
/// @param spacing how long after one question to an endpoint the next one starts
/// @param byHand how long after one test by hand of a key the next one may start
/// @param firstRetry the wait after the first answer that was no answer; it doubles
/// @param longestRetry where the doubling ends
/// @param longestObeyed how long a provider may ask to be left alone
public record Pace(
    int atOnce,
    Duration spacing,
    Duration byHand,
    Duration firstRetry,
    Duration longestRetry,
    Duration longestObeyed) {

  public static final Pace STANDARD =
      new Pace(
          4,
          Duration.ofMillis(25),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofHours(1));

  private static final double RETRY_JITTER = 0.5;
  private static final double CHECK_JITTER = 0.1;
  private static final int MOST_DOUBLINGS = 20;

  /// How long to wait after an answer that was none.
  ///
  /// @param failures how many answers in a row were none, this one included
  /// @param random from 0 to 1
  Duration retry(int failures, Optional<Duration> asked, double random) {
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    Duration doubled = min(firstRetry.multipliedBy(1L << doublings), longestRetry);
    Duration own = times(doubled, 1 + RETRY_JITTER * random);
    Duration obeyed = min(asked.orElse(Duration.ZERO), longestObeyed);
    return own.compareTo(obeyed) > 0 ? own : obeyed;
  }

  /// Later, never earlier, than asked for: all keys of a cluster were first checked together.
  ///
  /// @param spread from 0 to 1
  static Duration check(Duration every, double spread) {
    return times(every, 1 + CHECK_JITTER * spread);
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
