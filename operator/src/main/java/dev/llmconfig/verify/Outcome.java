package dev.llmconfig.verify;

import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.Models;
import java.util.List;
import java.util.Optional;

/// What came of a question.
///
/// @param models where the question was about a key
/// @param didYouMean where a model was not found
public record Outcome(Finding finding, Optional<Models> models, List<String> didYouMean) {
  public Outcome {
    didYouMean = List.copyOf(didYouMean);
  }
}
