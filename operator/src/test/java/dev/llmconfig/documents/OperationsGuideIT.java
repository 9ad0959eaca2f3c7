package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The runbooks, each command against an installation that is well: whoever is woken up can type it
/// as it stands. Pods are simulated here, so that what asks one of them stays a sentence.
@ExtendWith(ControlPlaneExtension.class)
class OperationsGuideIT {

  private static final Pattern ELSEWHERE =
      Pattern.compile("`[^`\n]*\\b(keyring init|kubectl apply -f)[^`\n]*`");
  private static final List<String> NAMESPACES = List.of("llm-config", "agents");
  private static final String OBJECTS =
      """
      kubectl create namespace agents
      kubectl apply --server-side -f - <<'END'
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: echo, namespace: agents}
      spec: {provider: Echo, expiresAt: "2099-01-01T00:00:00Z"}
      ---
      apiVersion: llmconfig.dev/v1alpha1
      kind: ModelConfig
      metadata: {name: support, namespace: agents}
      spec: {apiKeyRef: {name: echo}, model: echo}
      END
      kubectl create deployment chat --image=agent -n agents
      kubectl label deployment chat llmconfig.dev/model-config=support -n agents
      kubectl wait --for=jsonpath='{.status.agents}'=1/1 mcfg/support -n agents --timeout=60s
      kubectl wait --for=create secret/llm-config-keyring -n llm-config --timeout=60s
      """;

  /// What the commands of a runbook show, by its alert, in order.
  private static final Map<String, List<String>> SHOWN =
      Map.ofEntries(
          Map.entry("LLMConfigDown", List.of("pod/llm-config-")),
          Map.entry("LLMConfigNoLeader", List.of("holderIdentity: ", "restarted")),
          Map.entry("LLMConfigKeyRingMissing", List.of("llmconfig.dev/key-ring")),
          Map.entry("LLMConfigKeyNotReady", List.of("Reason:")),
          Map.entry("LLMConfigKeyExpiresSoon", List.of("2099-01-01T00:00:00Z")),
          Map.entry("LLMConfigKeyUnverified", List.of("\"type\":\"Verified\"", "annotated")),
          Map.entry("LLMConfigAgentsBehind", List.of("Delivered")),
          Map.entry("LLMConfigRolledBack", List.of("")),
          Map.entry("LLMConfigContested", List.of("")),
          Map.entry("LLMConfigModelRetires", List.of("claude-")),
          Map.entry("LLMConfigProviderFailing", List.of("echo")),
          Map.entry("LLMConfigReencryptionStuck", List.of("nothing can need an older one")));

  @TempDir private Path folder;

  @Test
  void everyCommandOfARunbookCanBeTyped(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var page = Document.read(Document.root().resolve("docs/operations.md"));
    var reader = Example.empty(folder);
    NAMESPACES.forEach(name -> awaitGone(plane, name));
    try {
      reader.run(
          Example.inCheckout(
              "helm install llm-config helm/llm-config-operator --namespace llm-config"
                  + " --create-namespace"));
      try (var _ =
          RunningOperator.start(
              plane,
              plane.admin().client().getConfiguration(),
              "",
              "--watch-namespaces",
              "agents",
              "--home-namespace",
              "llm-config",
              "--keyring-secret",
              "llm-config-keyring")) {
        try {
          reader.run(OBJECTS);
          follow(page, reader);
        } finally {
          // While somebody is there to take our finalizers away.
          plane.admin().client().namespaces().withName("agents").delete();
          awaitGone(plane, "agents");
        }
      }
    } finally {
      reader.run("helm uninstall llm-config --namespace llm-config --ignore-not-found");
      plane.admin().client().namespaces().withName("llm-config").delete();
      awaitGone(plane, "llm-config");
    }
  }

  private static void follow(Document page, Example reader) throws Exception {
    var followed = new LinkedHashSet<String>();
    for (var runbook : page.sections().entrySet()) {
      var shown = SHOWN.getOrDefault(runbook.getKey(), List.of());
      var blocks = runbook.getValue().blocks("sh");
      assertThat(blocks).as(runbook.getKey()).hasSameSizeAs(shown);
      for (int at = 0; at < blocks.size(); at++) {
        assertThat(reader.run(here(blocks.get(at)))).contains(shown.get(at));
        followed.add(runbook.getKey());
      }
    }
    assertThat(followed).isEqualTo(SHOWN.keySet());
  }

  /// They are in the guide to the encryption key, with what has to be said of them.
  @Test
  void theRingIsRestoredAsItsGuideSays() {
    var page = Document.read(Document.root().resolve("docs/operations.md"));

    assertThat(ELSEWHERE.matcher(page.text()).results().map(found -> found.group())).isEmpty();
    assertThat(page.sections())
        .hasEntrySatisfying(
            "LLMConfigKeyRingMissing",
            runbook -> assertThat(runbook.links()).contains("guides/encryption.md#restore-it"));
  }

  private static String here(String block) {
    return block
        .replace("akc NAME", "akc echo")
        .replace("mcfg NAME", "mcfg support")
        .replace("NAMESPACE", "agents")
        .replaceAll("llmconfig keyring [a-z-]+", "$0 --watch-namespaces agents");
  }

  private static void awaitGone(ControlPlane plane, String namespace) {
    plane
        .admin()
        .client()
        .namespaces()
        .withName(namespace)
        .waitUntilCondition(Objects::isNull, 60, SECONDS);
  }
}
