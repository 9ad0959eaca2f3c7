package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyPhaseTest {

  @ParameterizedTest
  @CsvSource({
    "True, Verified, True, KeyAccepted, Ready",
    "True, Verified, True, NoKeyNeeded, Ready",
    "True, Verified, True, KeyNotChecked, Untested",
    "True, Verified, Unknown, Timeout, Unknown",
    "True, VerificationDisabled, Unknown, Disabled, Untested",
    "True, KeptLastGood, False, InvalidKey, KeptLastGood",
    "True, KeptLastGood, Unknown, Timeout, Unknown",
    "False, InvalidKey, False, InvalidKey, Refused",
    "False, SpecInvalid, '', '', Refused",
    "False, Forbidden, '', '', Refused",
    "False, SecretNotFound, '', '', Pending",
    "False, CaNotFound, '', '', Pending",
    "Unknown, Pending, Unknown, Pending, Pending",
    "Unknown, EndpointUnreachable, Unknown, EndpointUnreachable, Unknown",
    "False, KeyRingMissing, '', '', Unknown",
    "False, DecryptionFailed, '', '', NeedsNewKey",
    "False, UnsealFailed, '', '', NeedsNewKey",
    "False, TokenBoundElsewhere, '', '', NeedsNewKey",
    "False, Suspended, '', '', Suspended",
    "False, Expired, '', '', Expired",
    "'', '', '', '', Pending",
  })
  void eachSetOfConditionsHasOnePhase(
      String ready, String reason, String verified, String verifiedReason, KeyPhase phase) {
    assertThat(
            KeyPhase.of(new KeyPhase.Signs(false, true, ready, reason, verified, verifiedReason)))
        .isEqualTo(phase);
  }

  @Test
  void aStatusOfAnOlderSpecIsPendingAndADeletionShowsAtOnce() {
    assertThat(KeyPhase.of(new KeyPhase.Signs(false, false, "True", "Verified", "True", "")))
        .isEqualTo(KeyPhase.Pending);
    assertThat(KeyPhase.of(new KeyPhase.Signs(true, false, "True", "Verified", "True", "")))
        .isEqualTo(KeyPhase.Deleting);
  }

  @ParameterizedTest
  @EnumSource(ConditionReason.class)
  void noReasonMakesAKeyReadyThatIsNot(ConditionReason reason) {
    assertThat(KeyPhase.of(new KeyPhase.Signs(false, true, "False", reason.name(), "", "")))
        .isNotIn(KeyPhase.Ready, KeyPhase.KeptLastGood, KeyPhase.Untested);
    assertThat(ModelPhase.of(new ModelPhase.Signs(false, true, "False", reason.name())))
        .isNotEqualTo(ModelPhase.Ready);
  }

  @ParameterizedTest
  @CsvSource({
    "True, Delivered, Ready",
    "Unknown, Rolling, Rolling",
    "Unknown, Waiting, Waiting",
    "Unknown, AwaitingApproval, Waiting",
    "False, EnvOwnedByAnotherManager, Behind",
    "False, RolledBack, RolledBack",
    "False, RolloutFailed, Failed",
    "False, KeyNotReady, Waiting",
    "False, ModelNotAllowed, Refused",
    "False, ModelNotFound, Refused",
    "Unknown, Timeout, Unknown",
    "Unknown, Pending, Pending",
    "False, Suspended, Suspended",
    "False, Deleting, Deleting",
    "'', '', Pending",
  })
  void eachReasonOfAModelConfigHasOnePhase(String ready, String reason, ModelPhase phase) {
    assertThat(ModelPhase.of(new ModelPhase.Signs(false, true, ready, reason))).isEqualTo(phase);
  }

  @Test
  void aModelConfigOfAnOlderSpecIsPendingAndADeletionShowsAtOnce() {
    assertThat(ModelPhase.of(new ModelPhase.Signs(false, false, "True", "Delivered")))
        .isEqualTo(ModelPhase.Pending);
    assertThat(ModelPhase.of(new ModelPhase.Signs(true, true, "True", "Delivered")))
        .isEqualTo(ModelPhase.Deleting);
  }
}
