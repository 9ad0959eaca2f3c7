package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a person runs at the two ends of an installation.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class UninstallIT {

  private static final String AGENT =
      """
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: echo}
      spec: {provider: Echo, secretRef: {name: echo, key: api-key}}
      ---
      apiVersion: llmconfig.dev/v1alpha1
      kind: ModelConfig
      metadata: {name: chat}
      spec: {apiKeyRef: {name: echo}, model: echo-markdown}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: chat
        labels: {llmconfig.dev/model-config: chat}
      spec:
        selector: {matchLabels: {app: chat}}
        template:
          metadata: {labels: {app: chat}}
          spec: {containers: [{name: agent, image: agent}]}
      """;

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
  void whoRemovedTheOperatorFirstLosesNothingThatAgentsNeed() throws Exception {
    try (var _ =
        RunningOperator.start(plane, RunningOperator.account(plane), RunningOperator.newKey())) {
      assertThat(run("selftest", "--timeout", "40", "-n", plane.namespace()))
          .satisfies(test -> {
            assertThat(test.err()).isEmpty();
            assertThat(test.exitCode()).isZero();
            assertThat(test.out()).contains("ModelConfig is Ready", "The installation works.");
          });
      assertThat(folk.kubectl("get", "akc,mcfg", "-o", "name")).doesNotContain("selftest");

      folk.secret("echo", "echo-0123456789");
      folk.apply(AGENT);
      await("the agent to have its settings").atMost(SOON).until(() -> !delivered().isEmpty());

      var refused = uninstall();
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains("An operator still runs in namespace " + plane.namespace());
    }
    folk.kubectl("delete", "mcfg,akc", "--all", "--wait=false");
    var secret = delivered();
    assertThat(owners(secret)).isNotEmpty();

    var rehearsed = uninstall("--dry-run");
    assertThat(rehearsed.exitCode()).isZero();
    assertThat(rehearsed.out()).endsWith("nothing was changed.\n");
    assertThat(owners(secret)).isNotEmpty();
    assertThat(folk.kubectl("get", "akc,mcfg", "-o", "name")).contains("echo", "chat");

    await("the lease to end").atMost(SOON).until(() -> uninstall().exitCode() == 0);

    assertThat(folk.kubectl("get", "akc,mcfg", "-o", "name")).isBlank();
    assertThat(owners(secret)).isEmpty();
    assertThat(rehearsed.out())
        .containsPattern(
            "Secret +" + secret + " +stays, and belongs to nobody +named by Deployment chat")
        .containsPattern("ModelConfig +chat +finalizer taken off, and gone")
        .containsPattern("Secret +echo-llmkey +goes with its object")
        .containsPattern(
            "Secret +llm-config-operator-keyring +stays as it is +the key ring; keep it");
    await("what nobody names to be collected")
        .atMost(SOON)
        .until(() -> folk.findSecret("echo-llmkey").isEmpty());
    assertThat(folk.findSecret(secret)).isPresent();
  }

  @Test
  void aTestWithoutAnOperatorEndsInTimeAndLeavesNothing() {
    var failed = run("selftest", "--timeout", "1", "-n", plane.namespace());

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .contains("did not become Ready within 1 s (nobody has looked at it)")
        .hasLineCount(1);
    assertThat(folk.kubectl("get", "akc,mcfg", "-o", "name")).isBlank();
  }

  private Run uninstall(String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "uninstall",
                "--release",
                "-n",
                plane.namespace(),
                "--namespaces",
                plane.namespace()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private Run run(String... words) {
    return Run.against(
        _ ->
            new KubernetesClientBuilder()
                .withConfig(plane.admin().client().getConfiguration())
                .build(),
        InstantSource.system(),
        words);
  }

  /// The Secret that the agent names.
  private String delivered() {
    return folk.kubectl(
        "get",
        "deployment",
        "chat",
        "-o",
        "jsonpath={.spec.template.spec.containers[0].env[?(@.name==\"OPENAI_API_KEY\")].valueFrom.secretKeyRef.name}");
  }

  private String owners(String secret) {
    return folk.kubectl(
        "get", "secret", secret, "-o", "jsonpath={.metadata.ownerReferences[*].kind}");
  }
}
