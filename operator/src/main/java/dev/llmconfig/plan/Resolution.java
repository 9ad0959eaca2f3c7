package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Reason;
import dev.llmconfig.crypto.KeyId;
import java.util.Optional;

/// What came of reading the declared source of a key.
public sealed interface Resolution {

  /// A usable key.
  ///
  /// @param how SecretFound, Decrypted, …
  /// @param trimmed whether something around the key was taken away
  /// @param by the key of the ring that a token of the spec was made with
  record Found(ResolvedKey key, ConditionReason how, boolean trimmed, Optional<KeyId> by)
      implements Resolution {}

  /// No source, and none needed.
  record Keyless() implements Resolution {}

  /// Nothing is there yet; whoever makes it will make it without us.
  record NotArrived(Reason reason, String message) implements Resolution {}

  /// Something is there that cannot be used, and a person must act.
  record Unusable(Reason reason, String message) implements Resolution {}
}
