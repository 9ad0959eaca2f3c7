package dev.llmconfig.api;

/// What happens to a parameter that the model does not take.
public enum UnsupportedParameters {
  /// It is not sent, and the status says so.
  Drop,
  /// The ModelConfig is not accepted; what was delivered stays.
  Reject
}
