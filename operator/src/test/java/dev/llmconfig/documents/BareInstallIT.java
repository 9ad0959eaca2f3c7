package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The documented installation exactly as it is printed, and what comes of the CRDs that it leaves.
/// On a control plane of its own: on that of the other tests there are CRDs, which are nobody's.
@SuppressWarnings("NullAway.Init") // set before the test
class BareInstallIT {

  private static final Path ROOT = Document.root();

  @TempDir private Path folder;

  private Document guide;

  @BeforeEach
  void up() throws Exception {
    guide = Document.read(ROOT.resolve("docs/guides/install.md"));
    Example.empty(folder).run(here(), "cluster/up --without-sealed-secrets");
  }

  @AfterEach
  void down() throws Exception {
    Example.empty(folder).run(here(), "cluster/down");
  }

  @Test
  void installsAsPrintedAndTakesOverWhatIsLeftWhenItIsTold() throws Exception {
    var install = guide.blocks("sh").getFirst().strip();
    var elsewhere =
        "helm install models helm/llm-config-operator --namespace models --create-namespace";
    var flags = flags();

    assertThat(run(quickStart())).contains("STATUS: deployed");
    assertThat(beside()).contains("STATUS: deployed");
    run("helm uninstall other --namespace other");
    assertThat(run("helm uninstall llm-config --namespace llm-config")).contains("kept due to");
    assertThat(refused(elsewhere)).contains("invalid ownership metadata");
    assertThat(run(elsewhere + flags)).contains("STATUS: deployed");
    run("helm uninstall models --namespace models");

    run(
        "kubectl delete crd apikeyconfigs.llmconfig.dev modelconfigs.llmconfig.dev --timeout=60s",
        "kubectl apply --server-side -f crds/");
    assertThat(refused(install)).contains("invalid ownership metadata");
    assertThat(run(install + flags)).contains("STATUS: deployed");
    assertThat(run("kubectl get deployment llm-config --namespace llm-config -o name"))
        .isEqualTo("deployment.apps/llm-config\n");
  }

  private static String quickStart() {
    return Document.read(ROOT.resolve("docs/guides/quick-start.md")).steps().getFirst().commands();
  }

  /// Those that the page advises.
  private static String flags() throws IOException {
    var row =
        Pattern.compile("(?m)^\\| `invalid ownership metadata` from helm \\|.*: `(--[^`]+)`")
            .matcher(Files.readString(ROOT.resolve("docs/guides/troubleshooting.md")));
    assertThat(row.find()).isTrue();
    return " " + row.group(1);
  }

  /// While the first one runs.
  private String beside() throws Exception {
    var values =
        guide.blocks("yaml").stream()
            .filter(block -> block.startsWith("watchNamespaces: [team-c]"))
            .findFirst()
            .orElseThrow();
    Files.writeString(folder.resolve("other.yaml"), values);
    return run(
        "kubectl create namespace team-c",
        "helm install other helm/llm-config-operator --namespace other --create-namespace"
            + " --values '"
            + folder.resolve("other.yaml")
            + "'");
  }

  private String refused(String command) throws Exception {
    return run("! " + command);
  }

  private String run(String... commands) throws Exception {
    return Example.empty(folder)
        .run(here(), "eval \"$(cluster/env)\"", String.join("\n", List.of(commands)));
  }

  /// In the checkout, with this control plane, and with what helm remembers kept here.
  private String here() {
    return "cd '%1$s'; export LLMCONFIG_CLUSTER_DIR='%2$s/plane'; export HELM_CACHE_HOME='%2$s/helm' HELM_CONFIG_HOME='%2$s/helm' HELM_DATA_HOME='%2$s/helm'"
        .formatted(ROOT, folder);
  }
}
