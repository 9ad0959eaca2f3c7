package dev.llmconfig.gateway;

/// Why a model stopped.
public enum Finish {
  /// It had said all, or met a stop sequence.
  Stop,
  /// The limit of the answer, or of the context, was reached.
  Length,
  /// It wants a tool, which nobody here runs.
  ToolCalls,
  /// The provider holds back the answer, or the rest of it.
  Filtered,
  /// A reason that we do not know.
  Other
}
