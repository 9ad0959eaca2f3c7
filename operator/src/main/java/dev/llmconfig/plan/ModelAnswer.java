package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import java.util.List;
import java.util.Optional;

/// What this process heard last from the provider about the model in question, with the key and at
/// the place in question.
///
/// @param didYouMean listed models that may have been meant, where this one was not found
/// @param request the wish of a person that was answered last
public record ModelAnswer(
    VerdictReason reason, VerdictKind kind, List<String> didYouMean, Optional<String> request) {

  public ModelAnswer {
    didYouMean = List.copyOf(didYouMean);
  }
}
