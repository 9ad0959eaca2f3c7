package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the page of symptoms shows, brought about: an agent that is behind, and a manifest that the
/// API server refuses because a container has two owners.
@ExtendWith(ControlPlaneExtension.class)
class TroubleshootingIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SETTINGS =
      """
      kubectl create namespace agents
      kubectl apply --server-side -f - <<'END'
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: echo, namespace: agents}
      spec: {provider: Echo}
      ---
      apiVersion: llmconfig.dev/v1alpha1
      kind: ModelConfig
      metadata: {name: support, namespace: agents}
      spec: {apiKeyRef: {name: echo}, model: echo}
      END
      """;
  private static final String MANIFEST =
      """
      kubectl apply --server-side -f - <<'END'
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: chat, namespace: agents, labels: {llmconfig.dev/model-config: support}}
      spec:
        selector: {matchLabels: {app: chat}}
        template:
          metadata: {labels: {app: chat}}
          spec: {containers: [{name: NAME, image: agent ENV}]}
      END
      """;
  private static final String PART =
      """
      kubectl apply --server-side --field-manager=somebody -f - <<'END'
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: chat, namespace: agents}
      spec: {template: {spec: {containers: [{name: agent, env: [{name: PART, value: x}]}]}}}
      END
      """;

  @TempDir private Path folder;

  @Test
  void whatIsSeenHasTheCauseAndTheCureOfThePage(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var namespaces = plane.admin().client().namespaces();
    // Another guide has a namespace of the same name.
    namespaces.withName("agents").waitUntilCondition(Objects::isNull, 60, SECONDS);
    var page = Document.read(Document.root().resolve("docs/guides/troubleshooting.md"));
    var reader = Example.empty(folder);
    try (var _ =
        RunningOperator.start(
            plane,
            plane.admin().client().getConfiguration(),
            RunningOperator.newKey(),
            "--watch-namespaces",
            "agents")) {
      var blocks = page.blocks("sh").iterator();
      reader.run(
          SETTINGS,
          manifest("agent", ", env: [{name: OPENAI_MODEL, value: mine}]"),
          "kubectl wait --for=jsonpath='{.status.behind[0].name}'=chat mcfg/support -n agents"
              + " --timeout=60s");

      assertThat(reader.run(blocks.next()))
          .contains("ModelConfig support", "Delivered False EnvOwnedByAnotherManager");
      assertThat(reader.run(blocks.next()))
          .contains("Deployment chat: EnvOwnedByAnotherManager", "successfully rolled out");

      // Taken out of the manifest, as the message says.
      reader.run(manifest("agent", ""));
      await("ours").atMost(SOON).until(() -> model(reader, "agent").equals("echo"));

      reader.run(PART);
      for (var refused : page.blocks("text")) {
        assertThat(reader.run("{ " + manifest("renamed", "") + "} 2>&1 || true"))
            .isEqualTo(refused);
      }
      assertThat(reader.run(blocks.next())).contains("kubectl Apply", "somebody Apply");
      reader.run(blocks.next());
      reader.run(manifest("renamed", ""));
      await("ours in the other one")
          .atMost(SOON)
          .until(() -> model(reader, "renamed").equals("echo"));
      assertThat(blocks).isExhausted();

      // While somebody is there to take our finalizers away.
      namespaces.withName("agents").delete();
      namespaces.withName("agents").waitUntilCondition(Objects::isNull, 60, SECONDS);
    } finally {
      namespaces.withName("agents").delete();
    }
  }

  private static String manifest(String container, String environment) {
    return MANIFEST.replace("NAME", container).replace(" ENV", environment);
  }

  private static String model(Example reader, String container) throws Exception {
    return reader.run(
        "kubectl get deployment chat -n agents -o jsonpath='{.spec.template.spec.containers"
            + "[?(@.name==\"%s\")].env[?(@.name==\"OPENAI_MODEL\")].value}'".formatted(container));
  }
}
