package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A token names its object, and kustomize gives the object another name.
@ExtendWith(ControlPlaneExtension.class)
class RenamedByKustomizeIT {

  private static final Duration SOON = Duration.ofSeconds(45);

  @TempDir Path folder;

  @Test
  void aTokenOfTheNameBeforeIsRefusedAndOneOfTheNameAfterIsOpened(ControlPlane plane)
      throws Exception {
    Crds.install(plane);
    var space = plane.namespace();
    var ring = RunningOperator.newKey();
    var kubectl = plane.closedLater(Kubectl.admin());
    try (var _ = RunningOperator.start(plane, RunningOperator.account(plane), ring)) {
      kubectl.apply(renamed(space, ring, "openai"));

      await("the refusal")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(said(kubectl, space))
                  .contains(
                      "TokenBoundElsewhere",
                      "made for another name",
                      "llmconfig encrypt --namespace " + space + " --name eu-openai"));

      kubectl.apply(renamed(space, ring, "eu-openai"));
      kubectl.run("wait", "akc/eu-openai", "-n", space, "--for=condition=Ready", "--timeout=60s");
    }
  }

  /// As an overlay prints it.
  private String renamed(String space, String ring, String boundTo) throws Exception {
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namePrefix: eu-
        resources: [key.yaml]
        """);
    Files.writeString(
        folder.resolve("key.yaml"),
        BoundToken.object(
            space,
            "openai",
            BoundToken.of(ring.getBytes(StandardCharsets.US_ASCII), space, boundTo)));
    return Program.run("", "kubectl", "kustomize", folder.toString()).orFail();
  }

  private static String said(Kubectl kubectl, String space) {
    return kubectl.run(
        "get",
        "akc",
        "eu-openai",
        "-n",
        space,
        "-o",
        "jsonpath={.status.conditions[?(@.type==\"Resolved\")]['reason','message']}");
  }
}
