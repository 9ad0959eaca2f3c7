package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A ring that somebody else brings: late, without a fingerprint key, damaged, deleted, restored.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KeyringCareIT {

  private static final String OWN = "llm-config-operator-keyring";
  private static final String BROUGHT = "brought";

  @TempDir Path folder;

  private ControlPlane plane;
  private KeyFolk folk;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    folk = new KeyFolk(plane, plane.closedLater(Kubectl.admin()), folder, plane.namespace());
  }

  @Test
  void isWaitedForCompletedAndNeverReplaced() throws Exception {
    var account = RunningOperator.account(plane);
    try (var operator =
        RunningOperator.start(plane, account, "", "--existing-keyring-secret", BROUGHT)) {
      folk.key("one");
      folk.awaitReady("one", "KeyRingMissing");
      assertThat(folk.findSecret(OWN)).isEmpty();

      bring(RunningOperator.newKey());
      folk.awaitReady("one", "VerificationDisabled");
      var revision = revision();
      assertThat(folk.findSecret(OWN).orElseThrow().getData()).containsOnlyKeys("fingerprint-key");
      awaitPresent(operator, "1.0");
      var good = folk.findSecret(BROUGHT).orElseThrow();
      assertThat(good.getData()).containsOnlyKeys("keys");

      // Damaged: what was read before is in force, and it is said.
      write("not a key");
      await("the event")
          .atMost(SOON)
          .until(() -> !folk.events("KeyRingRefused", BROUGHT).isEmpty());
      awaitPresent(operator, "0.0");
      folk.key("two");
      folk.awaitReady("two", "VerificationDisabled");

      // Deleted, and another one is not made.
      folk.kubectl("delete", "secret", BROUGHT);
      await("the event")
          .atMost(SOON)
          .until(() -> !folk.events("KeyRingMissing", BROUGHT).isEmpty());
      assertThat(folk.events("KeyRingMissing", BROUGHT).getFirst().getMessage())
          .contains("2 keys wait for it")
          .contains("keyring-backup.yaml");
      folk.awaitReady("one", "KeyRingMissing");
      assertThat(folk.findSecret(BROUGHT)).isEmpty();

      // Restored.
      plane
          .admin()
          .client()
          .resource(
              new SecretBuilder(good)
                  .editMetadata()
                  .withResourceVersion(null)
                  .withUid(null)
                  .endMetadata()
                  .build())
          .create();
      folk.awaitReady("one", "VerificationDisabled");
      awaitPresent(operator, "1.0");
      assertThat(revision()).isEqualTo(revision);
    }
  }

  private String revision() {
    return String.valueOf(folk.find("one").orElseThrow().getStatus().getRevision());
  }

  private void bring(String keys) {
    plane
        .admin()
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(BROUGHT)
                .endMetadata()
                .withStringData(Map.of("keys", keys))
                .build())
        .create();
  }

  private void write(String keys) {
    plane
        .admin()
        .client()
        .secrets()
        .inNamespace(plane.namespace())
        .withName(BROUGHT)
        .edit(one -> new SecretBuilder(one).withStringData(Map.of("keys", keys)).build());
  }

  private static void awaitPresent(RunningOperator operator, String value) {
    await("the metric to be " + value).atMost(SOON).until(() -> present(operator).equals(value));
  }

  private static String present(RunningOperator operator) throws IOException, InterruptedException {
    return operator
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("llmconfig_keyring_present "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }
}
