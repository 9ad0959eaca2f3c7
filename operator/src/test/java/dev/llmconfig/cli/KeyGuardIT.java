package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The finalizer that keeps a key in use: who sets it, who may take it away, and what it costs.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KeyGuardIT {

  private static final String KEY = RunningOperator.newKey();

  @TempDir Path folder;

  private ControlPlane plane;
  private Kubectl kubectl;
  private Actor account;
  private KeyFolk folk;
  private AuditLog.Mark beginning;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    kubectl = plane.closedLater(Kubectl.admin());
    folk = new KeyFolk(plane, kubectl, folder, plane.namespace());
    account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    beginning = plane.audit().mark();
  }

  @AfterEach
  void itHadTheRightsThatItUsed() {
    assertThat(plane.audit().since(beginning).by(account).refused()).isEmpty();
  }

  @Test
  void theGuardGoesWithTheLastUserAlsoWhenItOnlyNamesAnotherKey() throws Exception {
    try (var _ = start()) {
      folk.key("first");
      folk.key("second");
      folk.model("chat", "first");
      folk.awaitFinalizers("first", ApiGroup.FINALIZER);

      folk.model("chat", "second");

      folk.awaitFinalizers("second", ApiGroup.FINALIZER);
      folk.awaitFinalizers("first");
      await("the count of users")
          .atMost(SOON)
          .untilAsserted(() -> {
            assertThat(folk.find("first").orElseThrow().getStatus().getUsedBy()).isZero();
            assertThat(folk.find("second").orElseThrow().getStatus().getUsedBy()).isOne();
          });
      folk.delete("modelconfig", "chat");
      folk.awaitFinalizers("second");
    }
  }

  /// Applied in the way of Git tools, over and over: they neither lose their finalizer nor take
  /// ours, and nobody answers anybody.
  @Test
  void gitAndTheGuardLeaveEachOtherAlone() throws Exception {
    var withFinalizer =
        KeyFolk.unverified("argo")
            .replace("{name: argo}\nspec", "{name: argo, finalizers: [example.com/keep]}\nspec");
    try (var _ = start()) {
      folk.key("client-side");
      folk.secret("argo", "sk-argo-0123456789abcdef");
      folk.apply(withFinalizer, "--server-side", "--field-manager=argocd-controller");
      folk.model("chat", "client-side");
      folk.model("search", "argo");
      folk.awaitFinalizers("client-side", ApiGroup.FINALIZER);
      folk.awaitFinalizers("argo", "example.com/keep", ApiGroup.FINALIZER);
      folk.awaitReady("argo", "VerificationDisabled");
      var mark = plane.audit().mark();

      for (int round = 0; round < 3; round++) {
        folk.apply(KeyFolk.unverified("client-side"));
        folk.apply(withFinalizer, "--server-side", "--field-manager=argocd-controller");
      }

      assertThat(folk.finalizers("client-side")).containsExactly(ApiGroup.FINALIZER);
      assertThat(folk.finalizers("argo")).containsExactly("example.com/keep", ApiGroup.FINALIZER);
      folk.delete("modelconfigs", "--all");
      folk.awaitFinalizers("client-side");
      folk.awaitFinalizers("argo", "example.com/keep");
      assertThat(plane.audit().since(mark).by(account).writes().on("apikeyconfigs").accepted())
          .as("one write for each guard that fell")
          .hasSize(2);
      folk.apply(KeyFolk.unverified("argo"), "--server-side", "--field-manager=argocd-controller");
      assertThat(folk.finalizers("argo")).isEmpty();
    }
  }

  /// A manifest with finalizers of its own, applied client-side, drops ours: kubectl replaces the
  /// whole list. It comes back once for each such apply, and not by itself.
  @Test
  void aGuardThatWasDroppedComesBackOnce() throws Exception {
    var manifest =
        KeyFolk.unverified("dropped")
            .replace(
                "{name: dropped}\nspec", "{name: dropped, finalizers: [example.com/keep]}\nspec");
    try (var _ = start()) {
      folk.secret("dropped", "sk-dropped-0123456789abcdef");
      folk.apply(manifest);
      folk.model("chat", "dropped");
      folk.awaitFinalizers("dropped", "example.com/keep", ApiGroup.FINALIZER);
      var mark = plane.audit().mark();

      folk.apply(manifest);

      await("the guard to be back")
          .atMost(SOON)
          .until(() ->
              plane.audit().since(mark).by(account).writes().on("apikeyconfigs").accepted().count()
                  > 0);
      folk.awaitFinalizers("dropped", "example.com/keep", ApiGroup.FINALIZER);
      assertThat(plane.audit().since(mark).by(account).writes().on("apikeyconfigs").accepted())
          .hasSize(1);
      folk.kubectl(
          "patch",
          "apikeyconfig",
          "dropped",
          "--type=json",
          "--patch=[{\"op\": \"remove\", \"path\": \"/metadata/finalizers/0\"}]");
    }
  }

  @Test
  void aRestartSaysNothingAgain() throws Exception {
    try (var _ = start()) {
      folk.key("restarted");
      folk.model("chat", "restarted");
      folk.awaitFinalizers("restarted", ApiGroup.FINALIZER);
      folk.delete("apikeyconfig", "restarted");
      folk.awaitReady("restarted", "Deleting");
      await("the event").atMost(SOON).until(() -> !folk.events("InUse", "restarted").isEmpty());
    }
    var mark = plane.audit().mark();
    try (var _ = start()) {
      await("a reconcile")
          .atMost(SOON)
          .until(() ->
              plane
                      .audit()
                      .since(mark)
                      .by(account)
                      .verb("get")
                      .on("secrets")
                      .only(request -> request.name().equals("restarted"))
                      .count()
                  > 0);
      folk.delete("modelconfig", "chat");
      folk.awaitGone("restarted");
    }
    assertThat(plane.audit().since(mark).by(account).writes().accepted().butLeases())
        .as("the fall of the guard is all")
        .hasSize(1);
  }

  /// The list that cannot be read looks like one without users.
  @Test
  void aGuardDoesNotFallBecauseModelConfigsCannotBeRead() throws Exception {
    try (var _ = start()) {
      folk.key("unseen");
      folk.model("chat", "unseen");
      folk.awaitFinalizers("unseen", ApiGroup.FINALIZER);
    }
    var blind = plane.actor("blind", without("modelconfigs", "list"));
    try (var _ = RunningOperator.start(plane, blind, KEY)) {
      folk.delete("apikeyconfig", "unseen");

      folk.awaitReady("unseen", "Forbidden");
      assertThat(folk.finalizers("unseen")).containsExactly(ApiGroup.FINALIZER);
      folk.kubectl("annotate", "apikeyconfig", "unseen", "llmconfig.dev/force-delete=true");
      folk.awaitGone("unseen");
    }
  }

  @Test
  void withoutTheRightToGuardTheKeyWorks() throws Exception {
    var weak = plane.actor("weak", without("apikeyconfigs", "patch"));
    try (var _ = RunningOperator.start(plane, weak, KEY)) {
      folk.key("unguarded");
      folk.model("chat", "unguarded");

      await("a try")
          .atMost(SOON)
          .until(() -> !plane.audit().since(beginning).by(weak).refused().all().isEmpty());
      folk.awaitReady("unguarded", "VerificationDisabled");
      assertThat(folk.condition("unguarded", "Ready").getStatus()).isEqualTo("True");
      assertThat(folk.finalizers("unguarded")).isEmpty();
    }
  }

  private RunningOperator start() throws IOException {
    return RunningOperator.start(plane, account, KEY);
  }

  private static PolicyRule[] without(String resource, String verb) {
    return Stream.of(RunningOperator.RIGHTS)
        .map(rule ->
            rule.getResources().contains(resource)
                ? new PolicyRuleBuilder(rule).removeFromVerbs(verb).build()
                : rule)
        .toArray(PolicyRule[]::new);
  }
}
