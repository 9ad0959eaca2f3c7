package dev.llmconfig.domain;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.VerdictReason;
import java.util.Set;

/// Where a key stands, in the words of the page and of every list.
public enum KeyPhase {
  Ready,
  /// The newest key or setting failed, and the one before is in use.
  KeptLastGood,
  /// Something comes by itself.
  Pending,
  Refused,
  /// The provider cannot be heard; what was good stays in use.
  Unknown,
  /// In use, and nobody has proven it.
  Untested,
  Suspended,
  Expired,
  /// What is stored cannot be opened any more.
  NeedsNewKey,
  Deleting;

  private static final Set<String> UNOPENED =
      Set.of(
          ConditionReason.DecryptionFailed.name(),
          ConditionReason.UnsealFailed.name(),
          ConditionReason.TokenBoundElsewhere.name());

  private static final Set<String> COMES =
      Set.of(
          ConditionReason.Pending.name(),
          ConditionReason.SecretNotFound.name(),
          ConditionReason.CaNotFound.name());

  /// What a status says.
  ///
  /// @param deleting the object waits for a finalizer
  /// @param current the status is about the spec as it is now (traps R9)
  /// @param ready status of the condition `Ready`, empty for none
  /// @param readyReason its reason
  /// @param verified status of the condition `Verified`
  /// @param verifiedReason its reason
  public record Signs(
      boolean deleting,
      boolean current,
      String ready,
      String readyReason,
      String verified,
      String verifiedReason) {}

  /// The one rule.
  public static KeyPhase of(Signs signs) {
    if (signs.deleting()) {
      return Deleting;
    }
    if (!signs.current() || signs.ready().isEmpty()) {
      return Pending;
    }
    if (signs.readyReason().equals(ConditionReason.Suspended.name())) {
      return Suspended;
    }
    if (signs.readyReason().equals(ConditionReason.Expired.name())) {
      return Expired;
    }
    return signs.ready().equals("True") ? inUse(signs) : notInUse(signs);
  }

  private static KeyPhase inUse(Signs signs) {
    if (signs.readyReason().equals(ConditionReason.VerificationDisabled.name())
        || signs.verifiedReason().equals(VerdictReason.KeyNotChecked.name())) {
      return Untested;
    }
    if (signs.verified().equals("Unknown")) {
      return Unknown;
    }
    return signs.readyReason().equals(ConditionReason.KeptLastGood.name()) ? KeptLastGood : Ready;
  }

  private static KeyPhase notInUse(Signs signs) {
    if (UNOPENED.contains(signs.readyReason())) {
      return NeedsNewKey;
    }
    if (COMES.contains(signs.readyReason())) {
      return Pending;
    }
    // Without its ring nobody can say what is stored, and nothing is wrong with the key.
    return signs.ready().equals("Unknown")
            || signs.readyReason().equals(ConditionReason.KeyRingMissing.name())
        ? Unknown
        : Refused;
  }
}
