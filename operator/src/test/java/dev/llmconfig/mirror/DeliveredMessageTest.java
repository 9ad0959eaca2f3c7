package dev.llmconfig.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What of the message about all workloads is about one of them.
class DeliveredMessageTest {

  private static final DeliveredMessage SAID =
      new DeliveredMessage(
          "RolledBack: Deployment chat did not become available, and has the last good settings again;"
              + " StatefulSet batch keeps the last good settings; Deployment chat-two keeps what it has; and 3 more."
              + " EnvOwnedByAnotherManager: Deployment theirs: OPENAI_MODEL is owned by kubectl; take it out there."
              + " Rolling: Deployment late. Revision m-2 is not tried again until it changes; for another try:"
              + " kubectl annotate modelconfig support --namespace agents llmconfig.dev/retry-requested-at=now");

  @Test
  void theReasonIsNotRepeatedAndTheOthersAreNotNamed() {
    assertThat(SAID.about("EnvOwnedByAnotherManager", "Deployment theirs"))
        .isEqualTo("Deployment theirs: OPENAI_MODEL is owned by kubectl; take it out there.");
    assertThat(SAID.about("RolledBack", "Deployment chat"))
        .isEqualTo(
            "Deployment chat did not become available, and has the last good settings again.");
    assertThat(SAID.about("RolledBack", "StatefulSet batch"))
        .isEqualTo("StatefulSet batch keeps the last good settings.");
    assertThat(SAID.about("RolledBack", "Deployment chat-two"))
        .isEqualTo("Deployment chat-two keeps what it has.");
  }

  @Test
  void whoIsNotNamedHearsWhatIsSaidOfOthers() {
    assertThat(SAID.about("RolledBack", "Deployment fifth"))
        .startsWith("Deployment chat did not")
        .endsWith("and 3 more.");
  }

  @Test
  void aNameAloneIsNoSentence() {
    assertThat(
            new DeliveredMessage("Rolling: Deployment late.").about("Rolling", "Deployment late"))
        .isEmpty();
    assertThat(
            new DeliveredMessage("Waiting: Deployment a; Deployment b.")
                .about("Waiting", "Deployment a"))
        .isEmpty();
  }

  @Test
  void whatBeginsWithNoReasonIsToldAsItIs() {
    assertThat(new DeliveredMessage("One rolls.").about("Rolling", "Deployment chat"))
        .isEqualTo("One rolls.");
    assertThat(new DeliveredMessage("").about("Rolling", "Deployment chat")).isEmpty();
  }
}
