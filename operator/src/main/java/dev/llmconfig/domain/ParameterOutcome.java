package dev.llmconfig.domain;

/// A parameter that does not reach the model as it was asked for, and why. What reaches it
/// unchanged has no outcome.
public sealed interface ParameterOutcome {

  Parameter name();

  ParameterValue asked();

  Why why();

  /// Who says so: `catalogue` for what we know of the model, else the source of the limit.
  String source();

  /// The sentence of the condition message.
  String sentence();

  /// Not sent at all.
  record Dropped(Parameter name, ParameterValue asked, Why why, String source, String sentence)
      implements ParameterOutcome {}

  /// Sent with another value.
  record Changed(
      Parameter name,
      ParameterValue asked,
      ParameterValue effective,
      Why why,
      String source,
      String sentence)
      implements ParameterOutcome {}

  enum Why {
    /// The model answers with an error.
    NotAccepted,
    /// The model answers, and the value has no effect.
    Ignored,
    /// The model takes it, but not beside another parameter that is set.
    Excluded,
    /// The model does not know this level of effort.
    LevelUnknown,
    /// Thinking would leave no room for an answer.
    NoRoom,
    /// More than the model's limit.
    AboveLimit,
    /// Decided when the settings were applied, by what was known then.
    AsApplied
  }
}
