package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.CrdRevision;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else installs the CRDs, and has not done so for this version yet.
@ExtendWith(ControlPlaneExtension.class)
class OlderCrdsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path CRD = Path.of("../crds/apikeyconfigs.llmconfig.dev.yaml");

  @TempDir Path folder;

  @Test
  void nothingIsWrittenUntilTheyAreApplied(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var account = RunningOperator.account(plane);
    try (var kubectl = Kubectl.admin()) {
      kubectl.apply(
          """
          apiVersion: llmconfig.dev/v1alpha1
          kind: ApiKeyConfig
          metadata: {name: waits, namespace: %s}
          spec: {provider: Echo}
          """
              .formatted(plane.namespace()));
      var own = CrdRevision.own(ApiKeyConfig.class);
      var older =
          Files.writeString(
              folder.resolve("older.yaml"),
              Files.readString(CRD)
                  .replace(CrdRevision.sentence(own), CrdRevision.sentence(own - 1)));
      kubectl.run("apply", "-f", older.toString());
      var mark = plane.audit().mark();
      try (var operator = RunningOperator.start(plane, account, RunningOperator.newKey())) {
        await("the sentence with the command")
            .atMost(SOON)
            .untilAsserted(() ->
                assertThat(operator.get("/readyz").body())
                    .contains(
                        "[-] crds: the CRD of ApiKeyConfig has revision %d and this version needs %d"
                            .formatted(own - 1, own),
                        "kubectl apply -f crds/",
                        "[-] controllers: the controllers wait for the CRDs"));
        assertThat(operator.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(operator.get("/livez").statusCode()).isEqualTo(200);
        assertThat(plane.audit().since(mark).by(account).writes().butLeases()).isEmpty();

        kubectl.run("apply", "-f", CRD.toString());

        await("readiness").atMost(SOON).until(() -> operator.get("/readyz").statusCode() == 200);
        kubectl.run(
            "wait", "akc/waits", "-n", plane.namespace(), "--for=condition=Ready", "--timeout=60s");
      } finally {
        kubectl.run("apply", "-f", CRD.toString());
      }
    }
  }
}
