package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
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
    try (var operator = RunningOperator.start(plane, RunningOperator.account(plane), KEY);
        var kubectl = Kubectl.admin()) {
      await("readiness").atMost(SOON).until(() -> operator.get("/readyz").statusCode() == 200);

      assertThat(operator.get("/readyz").body())
          .contains("[+] api-server: ok", "[+] controllers: ok", "leads");
      assertThat(operator.get("/livez").statusCode()).isEqualTo(200);

      kubectl.apply(
          """
          apiVersion: llmconfig.dev/v1alpha1
          kind: ApiKeyConfig
          metadata: {name: echo, namespace: %s}
          spec: {provider: Echo}
          """
              .formatted(plane.namespace()));
      await("what it has worked on")
          .atMost(SOON)
          .until(() -> operator.get("/metrics").body().contains("reconciliations"));
    }
  }

  /// Whoever leads for a while and then another: what a term has made ends with it.
  @Test
  void leavesNoThreadBehind() throws Exception {
    var account = RunningOperator.account(plane);
    leads(account); // what the first in a process makes is for all
    var before = Thread.getAllStackTraces().keySet();

    leads(account);

    await("its threads to end")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .allMatch(name -> name.startsWith("awaitility")));
  }

  private void leads(Actor account) throws Exception {
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      await("readiness").atMost(SOON).until(() -> operator.get("/readyz").statusCode() == 200);
    }
  }
}
