package dev.llmconfig.cli;

import static dev.llmconfig.cli.SealedStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.SealingScope;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.ProxiedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The names that a sealed key needs, and what is made of it, when somebody else wants them too.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class SealedSecretOwnersIT {

  private static final String KEY = RunningOperator.newKey();

  private ControlPlane plane;
  private SealedStage stage;
  private Actor account;
  private AuditLog.Mark beginning;
  private RunningOperator operator;

  @BeforeAll
  void start(ControlPlane plane) throws IOException {
    this.plane = plane;
    stage = new SealedStage(plane, KEY);
    Crds.install(plane);
    beginning = plane.audit().mark();
    account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    operator = RunningOperator.start(plane, account, KEY);
  }

  @AfterAll
  void stop() {
    operator.close();
    assertThat(plane.audit().since(beginning).by(account).refused())
        .as("what the operator asked for without having the right")
        .isEmpty();
  }

  @Test
  void aSealedSecretOfSomebodyElseIsLeftAloneUntilItIsGone() {
    stage.foreignSealedSecret("held-sealed", "AgB0");
    var theirs = stage.sealedSecret("held").orElseThrow().getMetadata().getUid();
    var mark = plane.audit().mark();

    stage.create("held", "sk-held-key-0123456789");

    stage.awaitReason("held", "Resolved", "NameTaken");
    assertThat(stage.condition("held", "Stalled").getMessage()).contains("spec.secretRef");
    assertThat(stage.sealedSecret("held").orElseThrow().getMetadata().getUid()).isEqualTo(theirs);
    assertThat(stage.asked("held-sealed", mark).by(account).writes()).isEmpty();

    stage.sealedSecrets("held-sealed").delete();

    stage.awaitReady("held");
  }

  @Test
  void aSecretOfSomebodyElseIsLeftAloneUntilItIsGone() {
    stage.secret("taken-sealed", "somebody's");
    var mark = plane.audit().mark();

    stage.create("taken", "sk-taken-key-0123456789");

    stage.awaitReason("taken", "Resolved", "NameTaken");
    assertThat(stage.sealedSecret("taken")).isEmpty();
    assertThat(stage.asked("taken-sealed", mark).by(account).writes()).isEmpty();

    plane.admin().client().resource(stage.find("taken-sealed").orElseThrow()).delete();

    stage.awaitReady("taken");
  }

  @Test
  void whatAppearsWhileOursIsWrittenIsNotOverwritten() throws IOException {
    operator.close();
    var proxy = plane.faultProxy();
    proxy.faults().delay(Duration.ofMillis(1_500), SealedSecretOwnersIT::writesASealedSecret);
    try (var through = account.through(proxy);
        var _ = RunningOperator.start(plane, through, KEY)) {
      stage.create("raced", "sk-raced-key-0123456789");
      await("the write to be under way")
          .atMost(SOON)
          .until(
              () -> proxy.requests().stream().anyMatch(SealedSecretOwnersIT::writesASealedSecret));

      stage.foreignSealedSecret("raced-sealed", "AgB0");

      stage.awaitReason("raced", "Resolved", "NameTaken");
      var theirs = stage.sealedSecret("raced").orElseThrow();
      assertThat(theirs.getMetadata().getLabels()).isNullOrEmpty();
      assertThat(theirs.<Map<String, String>>get("spec", "encryptedData"))
          .containsOnlyKeys("theirs");
    }
    operator = RunningOperator.start(plane, account, KEY);
  }

  private static boolean writesASealedSecret(ProxiedRequest request) {
    return request.write() && request.path().contains("/sealedsecrets/");
  }

  /// The controller gives up after some tries and does not notice that the name has become free.
  @Test
  void aSecretThatCameBetweenIsWaitedOut() {
    try (var _ = plane.sealedSecrets().freeze()) {
      stage.create("between", "sk-between-key-0123456789");
      await("the SealedSecret").atMost(SOON).until(() -> stage.sealedSecret("between").isPresent());
      stage.secret("between-sealed", "somebody's");
    }
    stage.awaitReason("between", "Resolved", "NameTaken");

    plane.admin().client().resource(stage.find("between-sealed").orElseThrow()).delete();

    stage.awaitReady("between");
    assertThat(stage.inUse("between")).isEqualTo("sk-between-key-0123456789");
  }

  @Test
  void whatSomebodyDeletesIsMadeAnew() {
    stage.create("deleted", "sk-deleted-key-0123456789");
    stage.awaitReady("deleted");
    var before = stage.sealedSecret("deleted").orElseThrow().getMetadata().getUid();
    var mark = plane.audit().mark();

    stage.sealedSecrets("deleted-sealed").delete();

    await("another SealedSecret, opened")
        .atMost(SOON)
        .untilAsserted(() -> {
          var now = stage.sealedSecret("deleted").orElseThrow().getMetadata().getUid();
          assertThat(now).isNotEqualTo(before);
          assertThat(stage.find("deleted-sealed").orElseThrow().getMetadata().getOwnerReferences())
              .singleElement()
              .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(now));
          assertThat(stage.condition("deleted", "Resolved").getReason()).isEqualTo("Unsealed");
        });
    assertThat(stage.asked("deleted-llmkey", mark).writes()).isEmpty();
  }

  @Test
  void aKeyThatSomebodyElsePutsIntoOurSealedSecretIsNeverTaken() {
    stage.create("edited", "sk-edited-key-0123456789");
    stage.awaitReady("edited");
    var theirs = stage.seal("edited", "sk-their-key-0123456789", SealingScope.Strict);
    var mark = plane.audit().mark();

    stage
        .sealedSecrets("edited-sealed")
        .edit(one -> {
          one.setAdditionalProperty("spec", Map.of("encryptedData", Map.of("api-key", theirs)));
          return one;
        });

    await("our data to be back").atMost(SOON).until(() -> !stage.carries("edited", theirs));
    stage.awaitReady("edited");
    await("the declared key to be back")
        .atMost(SOON)
        .until(() -> stage.unsealed("edited").equals("sk-edited-key-0123456789"));
    assertThat(stage.asked("edited-llmkey", mark).writes()).isEmpty();
  }

  @Test
  void aScopeThatSomebodyElseSetsIsPutBack() {
    stage.create("widened", "sk-widened-key-0123456789");
    stage.awaitReady("widened");

    stage.widen("widened");

    stage.awaitScope("widened");
    stage.awaitReady("widened");
  }
}
