package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20                            | PT20S",
        " 0                            | PT0S",
        "1.5                           | PT1.5S",
        "Fri, 20 Nov 2026 12:01:00 GMT | PT1M",
        "Fri, 20 Nov 2026 11:59:00 GMT | PT0S"
      })
  void secondsAndDatesAreUnderstood(String header, Duration expected) {
    assertThat(retryAfter("retry-after: " + header, "")).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"soon", "-5", "1e9", "99999999999999999999", "Fri, 99 Nov 2026 12:01:00 GMT"})
  void anythingElseIsNothing(String header) {
    assertThat(retryAfter("retry-after: " + header, "")).isEmpty();
  }

  @Test
  void googleSaysItInTheBody() {
    assertThat(retryAfter("", "{\"error\":{\"details\":[{\"retryDelay\":\"31s\"}]}}"))
        .contains(Duration.ofSeconds(31));
  }

  private static Optional<Duration> retryAfter(String headers, String body) {
    Answer answer = Answers.of(Provider.Google, Purpose.List, 429, headers, body);
    return RetryAfter.of(answer.reply(), answer.error(), Bench.NOW);
  }
}
