package dev.llmconfig.api;

/// How much a verdict may change. Only the two definitive kinds may touch `Ready`.
public enum VerdictKind {
  /// A definitive yes: the candidate becomes current.
  Accepted,
  /// A definitive no: not asked again before something changes, or somebody asks.
  Refused,
  /// The provider's weather: asked again, and nothing else follows from it.
  Transient
}
