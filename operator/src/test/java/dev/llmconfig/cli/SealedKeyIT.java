package dev.llmconfig.cli;

import static dev.llmconfig.cli.SealedStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sealed keys, told by a platform engineer, the operator with its own rights, and the real
/// sealed-secrets controller.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class SealedKeyIT {

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

  @ParameterizedTest
  @EnumSource
  void aKeyIsUnsealedInItsScope(SealingScope scope) {
    var name = "in-" + scope.name().toLowerCase(java.util.Locale.ROOT);

    stage.create(name, stage.seal(name, "sk-scoped-key-0123456789", scope), scope);

    stage.awaitReady(name);
    assertThat(stage.condition(name, "Resolved").getReason()).isEqualTo("Unsealed");
    assertThat(stage.inUse(name)).isEqualTo("sk-scoped-key-0123456789");
  }

  @Test
  void whatIsMadeIsOursByServerSideApplyAndTheUnsealedSecretIsNot() {
    stage.create("made", "sk-made-key-0123456789");
    stage.awaitReady("made");

    var sealed = stage.sealedSecret("made").orElseThrow().getMetadata();
    assertThat(sealed.getLabels())
        .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
        .containsEntry(Labels.API_KEY, "made")
        .containsKey(Labels.INSTALLATION);
    assertThat(sealed.getOwnerReferences())
        .singleElement()
        .satisfies(owner ->
            assertThat(owner.getUid())
                .isEqualTo(stage.configs("made").require().getMetadata().getUid()));
    assertThat(sealed.getManagedFields())
        .filteredOn(fields -> fields.getManager().equals("llm-config-operator"))
        .extracting(ManagedFieldsEntry::getOperation)
        .containsExactly("Apply");
    assertThat(stage.find("made-sealed").orElseThrow().getMetadata().getLabels())
        .containsEntry(Labels.API_KEY, "made")
        .doesNotContainKey(Labels.MANAGED_BY);
  }

  @Test
  void aKeySealedForAnotherNameSaysHowToSealItAgainAndIsHealedByThat() {
    stage.create(
        "renamed",
        stage.seal("before", "sk-renamed-key-0123456789", SealingScope.Strict),
        SealingScope.Strict);
    stage.awaitReason("renamed", "Resolved", "UnsealFailed");
    assertThat(stage.condition("renamed", "Stalled").getStatus()).isEqualTo("True");
    assertThat(stage.condition("renamed", "Ready").getMessage())
        .contains("llmconfig seal --namespace " + plane.namespace() + " --name renamed")
        .doesNotContain("no key could decrypt");

    stage.reseal(
        "renamed",
        stage.seal("renamed", "sk-renamed-key-0123456789", SealingScope.Strict),
        SealingScope.Strict);

    stage.awaitReady("renamed");
    assertThat(stage.has("renamed", "Stalled")).isFalse();
  }

  /// The controller itself looks again only when the spec of a SealedSecret changes.
  @Test
  void aScopeThatIsCorrectedAloneIsEnough() {
    var sealed = stage.seal("rescoped", "sk-rescoped-key-0123456789", SealingScope.ClusterWide);
    stage.create("rescoped", sealed, SealingScope.NamespaceWide);
    stage.awaitReason("rescoped", "Resolved", "UnsealFailed");

    stage.reseal("rescoped", sealed, SealingScope.ClusterWide);

    stage.awaitReady("rescoped");
  }

  @Test
  void whatWasUnsealedBeforeIsNeverTakenForTheNewKey() {
    stage.create("changed", "sk-changed-key-0123456789");
    stage.awaitReady("changed");
    var revision = stage.configs("changed").require().getStatus().getRevision();
    var mark = plane.audit().mark();

    try (var _ = plane.sealedSecrets().freeze()) {
      stage.reseal(
          "changed",
          stage.seal("changed", "sk-changed-key-9876543210", SealingScope.Strict),
          SealingScope.Strict);

      stage.awaitReason("changed", "Ready", "KeptLastGood");
      assertThat(stage.condition("changed", "Reconciling").getMessage())
          .contains("controller has not opened SealedSecret changed-sealed yet");
      assertThat(stage.has("changed", "Stalled")).isFalse();
      assertThat(stage.configs("changed").require().getStatus().getRevision()).isEqualTo(revision);
      assertThat(stage.asked("changed-llmkey", mark).writes()).isEmpty();
    }

    stage.awaitReady("changed");
    assertThat(stage.inUse("changed")).isEqualTo("sk-changed-key-9876543210");
  }

  @Test
  void aNewKeyThatCannotBeUnsealedLeavesTheGoodOneInUse() {
    stage.create("spoilt", "sk-spoilt-key-0123456789");
    stage.awaitReady("spoilt");

    stage.reseal(
        "spoilt",
        stage.seal("other", "sk-spoilt-key-9876543210", SealingScope.Strict),
        SealingScope.Strict);

    stage.awaitReason("spoilt", "Resolved", "UnsealFailed");
    assertThat(stage.condition("spoilt", "Ready").getReason()).isEqualTo("KeptLastGood");
    assertThat(stage.inUse("spoilt")).isEqualTo("sk-spoilt-key-0123456789");
  }

  /// Sealing is randomised: the same key sealed again is other data, and no other key.
  @ParameterizedTest
  @EnumSource
  void theSameKeySealedAgainInItsScopeIsNoRotation(SealingScope scope) {
    var name = "again-" + scope.name().toLowerCase(java.util.Locale.ROOT);
    stage.create(name, stage.seal(name, "sk-again-key-0123456789", scope), scope);
    stage.awaitReady(name);
    var mark = plane.audit().mark();
    var again = stage.seal(name, "sk-again-key-0123456789", scope);

    stage.reseal(name, again, scope);

    await("the SealedSecret to carry it").atMost(SOON).until(() -> stage.carries(name, again));
    stage.awaitReady(name);
    assertThat(stage.configs(name).require().getStatus().getObservedGeneration()).isEqualTo(2);
    assertThat(stage.asked(name + "-llmkey", mark).writes()).isEmpty();
  }

  @Test
  void aControllerThatComesLateIsWaitedFor() {
    try (var _ = plane.sealedSecrets().freeze()) {
      stage.create("late", "sk-late-key-0123456789");

      stage.awaitReason("late", "Reconciling", "SecretNotFound");
      assertThat(stage.has("late", "Stalled")).isFalse();
      assertThat(stage.condition("late", "Ready").getStatus()).isEqualTo("False");
    }

    stage.awaitReady("late");
  }

  @Test
  void neitherALookNorARestartWritesAnything() throws IOException {
    stage.create("idle", "sk-idle-key-0123456789");
    stage.awaitReady("idle");
    operator.close();
    var mark = plane.audit().mark();

    operator = RunningOperator.start(plane, account, KEY);
    awaitTwoLooks("idle", mark);

    assertThat(stage.asked("idle", mark).by(account).writes()).isEmpty();
  }

  /// The second one begins when the first one has ended, writes included.
  private void awaitTwoLooks(String name, AuditLog.Mark mark) {
    for (int round = 1; round <= 2; round++) {
      var expected = looks(name, mark) + 1;
      var label = "round-" + round;
      plane
          .admin()
          .client()
          .secrets()
          .inNamespace(plane.namespace())
          .withName(name + "-sealed")
          .edit(one ->
              new SecretBuilder(one).editMetadata().addToLabels(label, "x").endMetadata().build());
      await("a look at " + name).atMost(SOON).until(() -> looks(name, mark) >= expected);
    }
  }

  private int looks(String name, AuditLog.Mark mark) {
    return plane
        .audit()
        .since(mark)
        .by(account)
        .verb("get")
        .on("sealedsecrets")
        .only(request -> Objects.equals(request.name(), name + "-sealed"))
        .count();
  }
}
