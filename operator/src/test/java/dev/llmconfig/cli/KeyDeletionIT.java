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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

  private RunningOperator start() throws IOException {
    return RunningOperator.start(plane, account, KEY);
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
        .accepted()
        .only(request -> request.name().equals(name));
  }
}
