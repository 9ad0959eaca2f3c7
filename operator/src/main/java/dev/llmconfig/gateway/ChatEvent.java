package dev.llmconfig.gateway;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Parameters;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The neutral stream, whatever the provider speaks: `Start`, any number of `Text` and `Reasoning`,
/// at most one `Usage`, and exactly one `Done` or `Problem`. A `Problem` without a `Start` before
/// it means that no answer began. No event holds a provider's words but the model's own.
public sealed interface ChatEvent {

  /// The provider has begun to answer.
  ///
  /// @param sent the parameters that the model was given
  /// @param dropped those that were asked for and left out or lowered, each with its sentence
  record Start(String model, Parameters sent, List<ParameterOutcome> dropped) implements ChatEvent {
    public Start {
      dropped = List.copyOf(dropped);
    }
  }

  record Text(String text) implements ChatEvent {
    @Override
    public String toString() {
      return "Text[" + text.length() + "]";
    }
  }

  record Reasoning(String text) implements ChatEvent {
    @Override
    public String toString() {
      return "Reasoning[" + text.length() + "]";
    }
  }

  record Usage(TokenCounts counts) implements ChatEvent {}

  /// The last one.
  sealed interface End extends ChatEvent {}

  /// The answer is complete, or is all there will be of it.
  ///
  /// @param firstToken from sending to the first text or reasoning; absent where there was none
  /// @param cost US dollars, exact; absent where a price or a count is not known
  record Done(
      Finish finish, Optional<Duration> firstToken, Duration total, Optional<BigDecimal> cost)
      implements End {}

  /// No answer, or no more of it.
  ///
  /// @param status as the provider sent it
  /// @param retryAfter how long the provider asks to be left alone
  record Problem(
      VerdictReason reason,
      String sentence,
      String action,
      OptionalInt status,
      Optional<String> requestId,
      Optional<Duration> retryAfter)
      implements End {}
}
