package dev.llmconfig.rest.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of the check of a key.
///
/// @param action the next step
/// @param steps how far the check came, where it was made while somebody waited
/// @param warnings what is odd about the key, and refused nothing
public record TestResult(
    Outcome outcome,
    @Nullable String reason,
    @Nullable String sentence,
    @Nullable String action,
    @Nullable String checkedAt,
    @Nullable Long durationMs,
    @Nullable Integer modelCount,
    @Nullable String providerRequestId,
    @Nullable List<Step> steps,
    @Nullable List<Warning> warnings) {

  /// In one word.
  public enum Outcome {
    Accepted,
    Refused,
    Unknown,
    /// The operator has not come to it yet.
    Pending
  }

  /// A part of it, with the time that it took.
  public record Step(
      dev.llmconfig.verify.Step.Name name, dev.llmconfig.verify.Step.Result result, long ms) {}
}
