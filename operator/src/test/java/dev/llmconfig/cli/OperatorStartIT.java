package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An operator that starts where there is nothing to do yet, and what it says of itself.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class OperatorStartIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEY = RunningOperator.newKey();

  private ControlPlane plane;

  @BeforeEach
  void install(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
  }

  /// The API server lists a namespace without Secrets as `null`, and one that is not there the same
  /// way.
  @Test
  void aNamespaceWithoutSecretsDoesNotKeepItFromStarting() throws Exception {
    try (var wide =
        RunningOperator.start(
            plane,
            plane.admin().client().getConfiguration(),
            KEY,
            "--watch-namespaces",
            plane.namespace() + ",not-there-yet")) {
      await("the controllers")
          .atMost(SOON)
          .until(() -> wide.get("/readyz").body().contains("[+] controllers: ok\n"));
    }
  }

  @Test
  void tellsAboutItself() throws Exception {
    try (var operator = RunningOperator.start(plane, RunningOperator.account(plane), KEY)) {
      await("readiness").atMost(SOON).until(() -> operator.get("/readyz").statusCode() == 200);

      assertThat(operator.get("/readyz").body())
          .contains("[+] api-server: ok", "[+] controllers: ok", "leads");
      assertThat(operator.get("/livez").statusCode()).isEqualTo(200);
      assertThat(operator.get("/metrics").body()).contains("reconciliations");
    }
  }
}
