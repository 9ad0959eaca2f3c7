package dev.llmconfig.rest.shape;

import org.jspecify.annotations.Nullable;

/// What came of the check of a key.
///
/// @param action the next step
public record TestResult(
    Outcome outcome,
    @Nullable String reason,
    @Nullable String sentence,
    @Nullable String action,
    @Nullable String checkedAt,
    @Nullable Integer modelCount,
    @Nullable String providerRequestId) {

  /// In one word.
  public enum Outcome {
    Accepted,
    Refused,
    Unknown,
    /// The operator has not come to it yet.
    Pending
  }
}
