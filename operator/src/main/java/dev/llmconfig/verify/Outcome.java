package dev.llmconfig.verify;

import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.Models;
import java.util.List;
import java.util.Optional;

/// What came of a question.
///
/// @param models where the question was about a key
/// @param didYouMean where a model was not found
/// @param steps where somebody waits for the answer and wants to see how far it came
public record Outcome(
    Finding finding, Optional<Models> models, List<String> didYouMean, List<Step> steps) {

  public Outcome(Finding finding, Optional<Models> models, List<String> didYouMean) {
    this(finding, models, didYouMean, List.of());
  }

  public Outcome {
    didYouMean = List.copyOf(didYouMean);
    steps = List.copyOf(steps);
  }
}
