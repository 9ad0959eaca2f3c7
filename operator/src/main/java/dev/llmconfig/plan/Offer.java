package dev.llmconfig.plan;

/// The models that can be chosen for a key, as they were read last.
public sealed interface Offer {

  record Some(int models) implements Offer {}

  /// None at all, and why (traps P13).
  record None(String reason, String sentence) implements Offer {}
}
