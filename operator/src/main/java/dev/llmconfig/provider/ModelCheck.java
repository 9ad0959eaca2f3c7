package dev.llmconfig.provider;

import java.util.List;

/// The verdict on a model.
///
/// @param didYouMean up to three listed ids that are close to the one that was not found
public record ModelCheck(Finding finding, List<String> didYouMean) {
  public ModelCheck {
    didYouMean = List.copyOf(didYouMean);
  }
}
