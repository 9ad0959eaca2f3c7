package dev.llmconfig.plan;

/// Whether the annotation that `kubectl apply` leaves on a Secret holds a key (traps K17).
public enum Exposure {
  NONE,
  FOUND,
  /// Found, and the operator may not take it away.
  OUT_OF_REACH
}
