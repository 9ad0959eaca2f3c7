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
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// How a SealedSecret of ours goes: with its key, or when another source has taken its place.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class SealedKeyEndIT {

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
  void withTheKeyEverythingOfOursGoes() {
    stage.create("gone", "sk-gone-key-0123456789");
    stage.awaitReady("gone");

    stage.configs("gone").delete();

    await("all of it to go")
        .atMost(SOON)
        .until(() ->
            stage.sealedSecret("gone").isEmpty()
                && stage.find("gone-sealed").isEmpty()
                && stage.find("gone-llmkey").isEmpty());
  }

  @Test
  void itGoesWhenAnotherSourceIsInUseAndNotBefore() {
    stage.create("moved", "sk-moved-key-0123456789");
    stage.awaitReady("moved");

    stage.switchTo("moved", "moved-source");

    stage.awaitReason("moved", "Resolved", "SecretNotFound");
    assertThat(stage.condition("moved", "Ready").getReason()).isEqualTo("KeptLastGood");
    assertThat(stage.sealedSecret("moved")).isPresent();
    assertThat(stage.find("moved-sealed")).isPresent();

    stage.secret("moved-source", "sk-moved-key-9876543210");

    stage.awaitReady("moved");
    await("what is not declared any more to go")
        .atMost(SOON)
        .until(() -> stage.sealedSecret("moved").isEmpty() && stage.find("moved-sealed").isEmpty());
    assertThat(stage.inUse("moved")).isEqualTo("sk-moved-key-9876543210");
  }

  @Test
  void aSourceThatChangedWhileTheOperatorWasAwayIsNoticed() throws IOException {
    stage.create("away", "sk-away-key-0123456789");
    stage.create(
        "never",
        stage.seal("other", "sk-never-key-0123456789", SealingScope.Strict),
        SealingScope.Strict);
    stage.awaitReady("away");
    stage.awaitReason("never", "Resolved", "UnsealFailed");
    operator.close();
    stage.secret("away-source", "sk-away-key-9876543210");
    stage.switchTo("away", "away-source");
    stage.switchTo("never", "never-source");

    operator = RunningOperator.start(plane, account, KEY);

    await("what was opened to go").atMost(SOON).until(() -> stage.sealedSecret("away").isEmpty());
    assertThat(stage.inUse("away")).isEqualTo("sk-away-key-9876543210");
    stage.awaitReason("never", "Resolved", "SecretNotFound");
    assertThat(stage.sealedSecret("never")).isPresent();
  }

  @Test
  void whatCouldNotBeOpenedGoesAfterARestartAsWell() throws IOException {
    stage.create(
        "lost",
        stage.seal("other", "sk-lost-key-0123456789", SealingScope.Strict),
        SealingScope.Strict);
    stage.awaitReason("lost", "Resolved", "UnsealFailed");
    stage.switchTo("lost", "lost-source");
    stage.awaitReason("lost", "Resolved", "SecretNotFound");
    assertThat(stage.sealedSecret("lost")).isPresent();
    operator.close();

    operator = RunningOperator.start(plane, account, KEY);
    stage.secret("lost-source", "sk-lost-key-9876543210");

    stage.awaitReady("lost");
    await("what is not declared any more to go")
        .atMost(SOON)
        .until(() -> stage.sealedSecret("lost").isEmpty());
  }
}
