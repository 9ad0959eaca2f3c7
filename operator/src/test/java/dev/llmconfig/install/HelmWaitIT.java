package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Objects of ours in somebody's own chart, which the real helm installs and waits for, by the
/// rules of kstatus. No operator runs: the test writes what it would.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class HelmWaitIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  /// Longer than a test may take: what ends, ends for another reason.
  private static final String PATIENCE = "--timeout=10m";

  @TempDir Path folder;

  private String space;
  private Kubectl kubectl;

  @BeforeEach
  void join(ControlPlane plane) throws Exception {
    Crds.install(plane);
    space = plane.namespace();
    kubectl = plane.closedLater(Kubectl.admin());
    Files.writeString(
        folder.resolve("Chart.yaml"), "{apiVersion: v2, name: keys, version: 1.0.0}\n");
    Files.createDirectory(folder.resolve("templates"));
    Files.writeString(
        folder.resolve("templates/key.yaml"),
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ApiKeyConfig
        metadata: {name: key}
        spec: {provider: Echo}
        """);
  }

  @Test
  void whatIsReadyEndsTheWait() {
    var installing = installing();
    becomes("Reconciling", "Progressing", "Asked.");
    assertThat(installing).isNotDone();

    becomes("Ready", "Verified", "Proven.");

    await("helm to end").atMost(SOON).until(installing::isDone);
    assertThat(installing.join().orFail()).contains("STATUS: deployed");
  }

  @Test
  void whatAPersonMustMendEndsItAtOnce() {
    var installing = installing();

    becomes("Stalled", "InvalidKey", "Wrong.");

    await("helm to end").atMost(SOON).until(installing::isDone);
    assertThat(installing.join().exit()).isNotZero();
    assertThat(installing.join().output()).contains("ApiKeyConfig/" + space + "/key", "Failed");
  }

  private CompletableFuture<Program> installing() {
    var installing =
        CompletableFuture.supplyAsync(() ->
            Program.run(
                "", "helm", "install", "keys", folder.toString(), "-n", space, "--wait", PATIENCE));
    await("the object")
        .atMost(SOON)
        .until(() ->
            !kubectl.run("get", "akc", "-n", space, "--ignore-not-found", "-o", "name").isBlank());
    return installing;
  }

  private void becomes(String condition, String reason, String message) {
    kubectl.run(
        "patch",
        "akc",
        "key",
        "-n",
        space,
        "--subresource=status",
        "--type=merge",
        "-p",
        """
        {"status": {"observedGeneration": 1, "conditions": [{
          "type": "%s", "status": "True", "reason": "%s", "message": "%s",
          "observedGeneration": 1, "lastTransitionTime": "2026-11-20T12:00:00Z"}]}}
        """
            .formatted(condition, reason, message));
  }
}
