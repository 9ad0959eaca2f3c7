package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;

/// What came of reading the declared source of a key.
public sealed interface Resolution {

  /// A usable key.
  ///
  /// @param how SecretFound, Decrypted, …
  /// @param trimmed whether something around the key was taken away
  record Found(ResolvedKey key, ConditionReason how, boolean trimmed) implements Resolution {}

  /// No source, and none needed.
  record Keyless() implements Resolution {}

  /// Nothing is there yet; whoever makes it will make it without us.
  record NotArrived(ConditionReason reason, String message) implements Resolution {}

  /// Something is there that cannot be used, and a person must act.
  record Unusable(ConditionReason reason, String message) implements Resolution {}
}
