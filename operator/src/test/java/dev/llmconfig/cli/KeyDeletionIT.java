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
import dev.llmconfig.testing.ProxiedRequest;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A key that ModelConfigs name is deleted, in every way that people delete things.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KeyDeletionIT {

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
  void aKeyInUseStaysUntilItsModelConfigsAreGone() throws Exception {
    try (var _ = start()) {
      folk.key("shared");
      folk.model("chat", "shared");
      folk.model("search", "shared");
      folk.awaitFinalizers("shared", ApiGroup.FINALIZER);

      folk.delete("apikeyconfig", "shared");

      folk.awaitReady("shared", "Deleting");
      assertThat(folk.condition("shared", "Ready").getMessage())
          .contains("ModelConfigs chat and search name it", "llmconfig.dev/force-delete=true");
      assertThat(folk.events("InUse", "shared"))
          .singleElement()
          .satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getMessage()).contains("chat and search");
          });

      folk.delete("modelconfig", "chat");
      await("the one that is left")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(folk.condition("shared", "Ready").getMessage())
                  .contains("ModelConfig search names it"));

      folk.delete("modelconfig", "search");
      folk.awaitGone("shared");
      await("our Secret to go")
          .atMost(SOON)
          .until(() -> folk.findSecret("shared-llmkey").isEmpty());
      assertThat(folk.events("InUse", "shared")).hasSize(1);
      assertThat(folk.findSecret("shared")).isPresent();
    }
  }

  @Test
  void whatIsBeingDeletedWorksOnAndIsRotated() throws Exception {
    try (var _ = start()) {
      folk.key("working");
      folk.model("chat", "working");
      folk.awaitFinalizers("working", ApiGroup.FINALIZER);
      folk.delete("apikeyconfig", "working");
      folk.awaitReady("working", "Deleting");
      var before = folk.find("working").orElseThrow().getStatus().getRevision();

      folk.secret("working", "sk-rotated-0123456789abcdef");

      await("the new key")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(folk.find("working").orElseThrow().getStatus().getRevision())
                  .isNotEqualTo(before));
      assertThat(folk.condition("working", "Ready").getReason()).isEqualTo("Deleting");
    }
  }

  @Test
  void withoutUsersThereIsNothingToGuard() throws Exception {
    try (var _ = start()) {
      folk.key("lonely");
      folk.awaitReady("lonely", "VerificationDisabled");
      assertThat(folk.finalizers("lonely")).isEmpty();

      folk.delete("apikeyconfig", "lonely");

      folk.awaitGone("lonely");
      assertThat(ownWrites("lonely")).isEmpty();
    }
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

  @Test
  void theEscapeAnnotationLetsItGoAtOnce() throws Exception {
    try (var _ = start()) {
      folk.key("forced");
      folk.model("chat", "forced");
      folk.awaitFinalizers("forced", ApiGroup.FINALIZER);
      folk.delete("apikeyconfig", "forced");
      folk.awaitReady("forced", "Deleting");

      folk.kubectl("annotate", "apikeyconfig", "forced", "llmconfig.dev/force-delete=true");

      folk.awaitGone("forced");
    }
  }

  @Test
  void everythingAtOnceGoesAtOnce() throws Exception {
    try (var _ = start()) {
      for (int at = 0; at < 5; at++) {
        folk.key("all-" + at);
        folk.model("all-" + at, "all-" + at);
        folk.awaitFinalizers("all-" + at, ApiGroup.FINALIZER);
      }

      folk.delete("apikeyconfigs,modelconfigs", "--all");

      for (int at = 0; at < 5; at++) {
        folk.awaitGone("all-" + at);
      }
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
      assertThat(plane.audit().since(mark).by(account).writes().on("apikeyconfigs"))
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
          .until(
              () -> plane.audit().since(mark).by(account).writes().on("apikeyconfigs").count() > 0);
      folk.awaitFinalizers("dropped", "example.com/keep", ApiGroup.FINALIZER);
      assertThat(plane.audit().since(mark).by(account).writes().on("apikeyconfigs")).hasSize(1);
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
    assertThat(
            plane
                .audit()
                .since(mark)
                .by(account)
                .writes()
                .only(request -> !request.resource().equals("leases")))
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

  /// What the framework hears of the new one while the old one is worked on, it forgets.
  @Test
  void aKeyThatIsDeletedAndMadeAnewAtOnceIsTakenUp() throws Exception {
    var proxy = plane.faultProxy();
    try (var through = account.through(proxy);
        var _ = RunningOperator.start(plane, through, KEY)) {
      folk.key("anew");
      folk.awaitReady("anew", "VerificationDisabled");
      proxy.faults().delay(Duration.ofSeconds(5), KeyDeletionIT::readsTheSecret);
      var asked = proxy.requests().stream().filter(KeyDeletionIT::readsTheSecret).count();
      folk.kubectl("label", "secret", "anew", "touched=yes");
      await("a reconcile that takes its time, and will find nothing to do")
          .atMost(SOON)
          .until(() ->
              proxy.requests().stream().filter(KeyDeletionIT::readsTheSecret).count() > asked);
      var anew = folk.find("anew").orElseThrow();
      anew.setStatus(null);
      anew.getMetadata().setResourceVersion(null);

      plane.admin().client().resource(anew).delete();
      plane.admin().client().resource(anew).create();
      proxy.faults().heal();

      folk.awaitReady("anew", "VerificationDisabled");
    }
  }

  /// Twenty keys in use, a provider that never answers, and a namespace that goes: with the
  /// operator there, and with the operator away.
  @Test
  void aNamespaceGoesWithTwentyKeysInUse() throws Exception {
    var everywhere = plane.clusterActor("cluster-operator", RunningOperator.RIGHTS);
    for (var away : new boolean[] {false, true}) {
      var namespace = namespace();
      var there = new KeyFolk(plane, kubectl, folder, namespace);
      var operator = hanging(everywhere, namespace);
      try {
        fill(there);
        if (away) {
          operator.close();
        }
        kubectl.run("delete", "namespace", namespace, "--wait=false");

        if (away) {
          await("the namespace to wait for the guards")
              .atMost(SOON)
              .until(() -> there.find("key-0").orElseThrow().isMarkedForDeletion());
          operator = hanging(everywhere, namespace);
        }
        await("the namespace to be gone")
            .atMost(Duration.ofSeconds(60))
            .until(() -> plane.admin().client().namespaces().withName(namespace).get() == null);
      } finally {
        operator.close();
      }
    }
  }

  private static void fill(KeyFolk there) {
    var yaml = new StringBuilder();
    IntStream.range(0, 20)
        .forEach(at ->
            yaml.append(
                """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: key-%1$d}
                stringData: {api-key: sk-%1$d-0123456789abcdef}
                ---
                apiVersion: llmconfig.dev/v1alpha1
                kind: ApiKeyConfig
                metadata: {name: key-%1$d}
                spec: {provider: OpenAI, secretRef: {name: key-%1$d}}
                ---
                apiVersion: llmconfig.dev/v1alpha1
                kind: ModelConfig
                metadata: {name: model-%1$d}
                spec: {apiKeyRef: {name: key-%1$d}, model: gpt-5-mini}
                """
                    .formatted(at)));
    there.apply(yaml.toString(), "--server-side");
    IntStream.range(0, 20).forEach(at -> there.awaitFinalizers("key-" + at, ApiGroup.FINALIZER));
  }

  private RunningOperator start() throws IOException {
    return RunningOperator.start(plane, account, KEY);
  }

  /// Its provider takes every question and gives no answer.
  private RunningOperator hanging(Actor actor, String namespace) throws IOException {
    return RunningOperator.start(
        plane,
        actor.client().getConfiguration(),
        (_, _) -> {
          new CountDownLatch(1).await();
          throw new AssertionError("nobody counts down");
        },
        () -> {},
        KEY,
        "--watch-namespaces",
        namespace);
  }

  private String namespace() {
    return plane
        .admin()
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("doomed-")
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  private static boolean readsTheSecret(ProxiedRequest request) {
    return !request.write() && request.path().endsWith("/secrets/anew");
  }

  /// Writes to the object itself, not to its status.
  private Iterable<?> ownWrites(String name) {
    return plane
        .audit()
        .since(beginning)
        .by(account)
        .writes()
        .on("apikeyconfigs")
        .only(request -> request.name().equals(name));
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
