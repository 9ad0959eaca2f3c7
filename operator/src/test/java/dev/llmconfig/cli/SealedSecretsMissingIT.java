package dev.llmconfig.cli;

import static dev.llmconfig.cli.SealedStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.SealingScope;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sealed-secrets is optional: the cluster may lack it, lose it and get it back, and the operator's
/// account may lack the rights on it.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SealedSecretsMissingIT {

  private static final String KEY = RunningOperator.newKey();

  private ControlPlane plane;
  private SealedStage stage;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    stage = new SealedStage(plane, KEY);
    Crds.install(plane);
  }

  @Test
  void anApiThatIsInstalledLaterIsTakenUpWithoutARestart() throws Exception {
    var sealed = stage.seal("later", "sk-later-key-0123456789", SealingScope.Strict);
    plane.sealedSecrets().removeApi();
    var account = plane.actor("operator", RunningOperator.RIGHTS);
    var mark = plane.audit().mark();
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      stage.create("later", sealed, SealingScope.Strict);

      stage.awaitReason("later", "Resolved", "SealedSecretsMissing");
      assertThat(stage.condition("later", "Stalled").getStatus()).isEqualTo("True");
      awaitControllers(operator);

      plane.sealedSecrets().restoreApi();

      stage.awaitReady("later");
    }
    assertThat(plane.audit().since(mark).by(account).refused()).isEmpty();
  }

  @Test
  void anApiThatIsTakenAwayLeavesTheGoodKeyInUseAndComesBack() throws Exception {
    var account = plane.actor("operator", RunningOperator.RIGHTS);
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      stage.create("taken", "sk-taken-key-0123456789");
      stage.awaitReady("taken");
      var held = stage.find("taken-llmkey");

      plane.sealedSecrets().removeApi();

      stage.awaitReason("taken", "Resolved", "SealedSecretsMissing");
      assertThat(stage.condition("taken", "Ready").getReason()).isEqualTo("KeptLastGood");
      awaitControllers(operator);
      assertThat(stage.find("taken-llmkey")).isEqualTo(held);

      plane.sealedSecrets().restoreApi();

      stage.awaitReady("taken");
      assertThat(stage.find("taken-llmkey")).isEqualTo(held);
      // The watch goes on: nothing but it tells of this, and nothing looks for ten minutes.
      stage.widen("taken");
      stage.awaitScope("taken");
    }
  }

  @Test
  void rightsThatAreMissingAreSaidAndHealWhenTheyAreGiven() throws Exception {
    var account = plane.actor("operator", without("sealedsecrets"));
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      stage.create("rightless", "sk-rightless-key-0123456789");
      stage.awaitReason("rightless", "Resolved", "Forbidden");
      assertThat(stage.condition("rightless", "Stalled").getMessage())
          .contains("may not read SealedSecrets in namespace " + plane.namespace());
      awaitControllers(operator);

      give(account, RunningOperator.RIGHTS);

      stage.awaitReady("rightless");
    }
  }

  @Test
  void aRightToWriteThatIsMissingIsSaidAndHealsWhenItIsGiven() throws Exception {
    var account = plane.actor("operator", without("sealedsecrets", "patch"));
    try (var _ = RunningOperator.start(plane, account, KEY)) {
      stage.create("unwritten", "sk-unwritten-key-0123456789");
      stage.awaitReason("unwritten", "Ready", "Forbidden");
      assertThat(stage.condition("unwritten", "Stalled").getMessage()).contains("sealedsecrets");

      give(account, RunningOperator.RIGHTS);

      stage.awaitReady("unwritten");
    }
  }

  /// Half of the rights is a fault that readiness tells about; none at all is a choice.
  @Test
  void aRightToWatchThatIsMissingMakesItUnready() throws Exception {
    var account = plane.actor("operator", without("sealedsecrets", "list"));
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      stage.create("unwatched", "sk-unwatched-key-0123456789");
      await("readiness to say it")
          .atMost(SOON)
          .until(() -> operator.get("/readyz").body().contains("cannot be watched"));

      give(account, RunningOperator.RIGHTS);

      awaitControllers(operator);
      stage.awaitReady("unwatched");
    }
  }

  /// Where nothing is sealed nobody asks, so that an account without the rights is never refused.
  @Test
  void withoutSealedKeysNothingIsAsked() throws Exception {
    var account = plane.actor("operator", without("sealedsecrets"));
    var mark = plane.audit().mark();
    try (var _ = RunningOperator.start(plane, account, KEY)) {
      stage.secret("plain", "sk-plain-key-0123456789");
      stage.client().resource(stage.config("plain", SealedStage.from("plain"))).create();
      stage.awaitReady("plain");
    }
    assertThat(plane.audit().since(mark).by(account).refused()).isEmpty();
  }

  private static PolicyRule[] without(String resource) {
    return Stream.of(RunningOperator.RIGHTS)
        .filter(rule -> !rule.getResources().contains(resource))
        .toArray(PolicyRule[]::new);
  }

  private static PolicyRule[] without(String resource, String verb) {
    return MissingRightsIT.rightsWithout(resource, verb);
  }

  private void give(Actor account, PolicyRule... rules) {
    plane
        .admin()
        .client()
        .rbac()
        .roles()
        .inNamespace(plane.namespace())
        .withName(account.name())
        .edit(role -> new RoleBuilder(role).withRules(rules).build());
  }

  private static void awaitControllers(RunningOperator operator) {
    await("the controllers to be well")
        .atMost(SOON)
        .until(() -> operator.get("/readyz").body().contains("[+] controllers: ok\n"));
  }
}
