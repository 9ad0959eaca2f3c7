package dev.llmconfig.rest;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.gateway.ChatEvent;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.rest.shape.TestResult;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem whose word is not one of this API's own: that of a condition, or
/// of what a provider has answered. The sentences are ours all the same.
final class WordedRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String NO_ANSWER = "No answer of the model";

  private final transient Words words;
  private final transient Optional<Duration> pause;

  private record Words(
      int status, String title, String reason, String action, @Nullable String providerRequestId) {}

  private WordedRefusal(Words words, String sentence, Optional<Duration> pause) {
    super(sentence, null, false, false);
    this.words = words;
    this.pause = pause;
  }

  /// It cannot be used as it stands.
  static WordedRefusal state(String reason, String sentence, String action) {
    return new WordedRefusal(
        new Words(503, "Not usable now", reason, action, null), sentence, Optional.empty());
  }

  /// There may be an answer, and not in one piece.
  static WordedRefusal tooLong(Duration patience) {
    return new WordedRefusal(
        new Words(
            504,
            NO_ANSWER,
            VerdictReason.Timeout.name(),
            "Ask with stream: true, which takes as long as the model does.",
            null),
        "The whole answer was not there after %d s.".formatted(patience.toSeconds()),
        Optional.empty());
  }

  /// Who is at fault shows in the status: the provider as a whole, or what it thinks of the
  /// request.
  static WordedRefusal of(ChatEvent.Problem problem) {
    var status =
        switch (problem.reason()) {
          case Timeout -> 504;
          case RateLimited, QuotaExhausted, ProviderUnavailable, EndpointUnreachable -> 503;
          default -> 502;
        };
    return new WordedRefusal(
        new Words(
            status,
            NO_ANSWER,
            problem.reason().name(),
            problem.action(),
            problem.requestId().orElse(null)),
        problem.sentence(),
        problem.retryAfter());
  }

  /// A check that a script wants to fail on.
  static WordedRefusal of(TestResult result) {
    return new WordedRefusal(
        new Words(
            result.outcome() == TestResult.Outcome.Refused ? 422 : 503,
            "The key is not good",
            Objects.requireNonNullElse(result.reason(), result.outcome().name()),
            Objects.requireNonNullElse(result.action(), "Look at the key."),
            result.providerRequestId()),
        Objects.requireNonNullElse(result.sentence(), "The check did not succeed."),
        Optional.empty());
  }

  Optional<Duration> pause() {
    return pause;
  }

  Problem problem(String requestId) {
    return new Problem(
        Refusal.TYPES + words.reason(),
        words.title(),
        words.status(),
        String.valueOf(getMessage()),
        words.reason(),
        words.action(),
        requestId,
        null,
        null,
        null,
        null,
        words.providerRequestId(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
