package dev.llmconfig.provider;

import dev.llmconfig.provider.transport.Reply;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a provider asks to be left alone: seconds or a date in the header, or Google's notation
/// in the body.
final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s?");
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

  private RetryAfter() {}

  static Optional<Duration> of(Reply reply, ErrorBody error, Instant now) {
    return reply
        .header("retry-after")
        .map(String::strip)
        .flatMap(text -> seconds(text).or(() -> until(text, now)))
        .or(() -> error.retryDelay().flatMap(RetryAfter::seconds));
  }

  private static Optional<Duration> seconds(String text) {
    Matcher number = SECONDS.matcher(text);
    return number.matches()
        ? Optional.of(
            Duration.ofMillis(new BigDecimal(number.group(1)).multiply(MILLIS).longValue()))
        : Optional.empty();
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
