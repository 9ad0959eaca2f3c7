package dev.llmconfig.reconcile;

import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.UsedKey;
import dev.llmconfig.provider.Target;
import dev.llmconfig.verify.Subject;
import java.util.Optional;

/// What a provider would be asked about a key.
///
/// @param revision of the key as it is in its source now
/// @param terms a digest of what else the answer depends on
record KeyQuestion(String revision, Target target, String terms) {

  /// The revision of the key that can be asked about, if any.
  static Optional<String> about(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Found(var key, _, _, _) -> Optional.of(key.revision());
      case Resolution.Keyless _ -> Optional.of(UsedKey.NO_KEY);
      case Resolution.NotArrived _, Resolution.Unusable _ -> Optional.empty();
    };
  }

  /// A list is asked for under a name of its own: whatever comes back is no word about the key.
  Subject listSubject() {
    return new Subject(revision, target.endpoint(), terms + "/models", Optional.empty());
  }

  Subject subject() {
    return new Subject(revision, target.endpoint(), terms, Optional.empty());
  }
}
