package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the guide to installing, and the one of the guide to rights. The pods of the
/// release are simulated here, so the operator runs beside them, where it matters as its account.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class InstallingIT {

  private static final List<String> NAMESPACES = List.of("llm-config", "team-a", "team-b");
  private static final String ECHO =
      """
      kubectl apply --as=jane -f - <<'END'
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: echo, namespace: HERE}
      spec: {provider: Echo}
      END
      kubectl wait --for=condition=Ready akc/echo -n HERE --timeout=60s
      """;
  private static final String AGENT =
      """
      kubectl apply -f - <<'END'
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: echo}
      spec: {provider: Echo}
      ---
      apiVersion: llmconfig.dev/v1alpha1
      kind: ModelConfig
      metadata: {name: support}
      spec: {apiKeyRef: {name: echo}, model: echo}
      END
      kubectl create deployment chat --image=agent
      kubectl label deployment chat llmconfig.dev/model-config=support
      kubectl wait --for=jsonpath='{.status.agents}'=1/1 mcfg/support --timeout=60s
      """;

  @TempDir private Path folder;

  private ControlPlane plane;
  private Example person;
  private Example here;
  private List<String> blocks;

  @BeforeEach
  void begin(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    NAMESPACES.forEach(this::awaitGone);
    person = Example.empty(folder);
    here = person.in(plane.namespace());
    blocks = Document.read(Document.root().resolve("docs/guides/install.md")).blocks("sh");
    assertThat(blocks).as("each is run below").hasSize(6);
  }

  @AfterEach
  void end() throws Exception {
    person.run(
        "helm uninstall llm-config --namespace llm-config --ignore-not-found",
        "kubectl delete clusterrole llm-config-installer --ignore-not-found");
    NAMESPACES.forEach(name -> plane.admin().client().namespaces().withName(name).delete());
    NAMESPACES.forEach(this::awaitGone);
  }

  @Test
  void installedBackedUpAndRemoved() throws Exception {
    person.run(Example.inCheckout(blocks.get(0)));
    var rights = Document.read(Document.root().resolve("docs/guides/rbac.md")).blocks("sh");
    assertThat(rights).hasSize(1);
    assertThat(person.run(rights.getFirst().replace("-n agents", "-n " + plane.namespace())))
        .endsWith("yes\n");
    try (var _ = operator(plane.admin().client().getConfiguration(), plane.namespace())) {
      here.run(AGENT);
      person.run(blocks.get(1));
      assertThat(Files.readString(folder.resolve("keyring-backup.yaml")))
          .contains("name: llm-config-keyring");

      person.run(
          "kubectl create serviceaccount llm-config-me -n llm-config",
          "kubectl create clusterrolebinding llm-config-me --clusterrole=llmconfig-edit"
              + " --serviceaccount=llm-config:llm-config-me");

      // The CRDs are those of all tests, and so is whatever is in other namespaces.
      var said =
          person.run(
              blocks
                  .get(4)
                  .replace("--all-namespaces", "--namespace " + plane.namespace())
                  .replaceAll("(kubectl delete crd .*)", "$1 --dry-run=server"));
      assertThat(said)
          .contains("apikeyconfigs.llmconfig.dev\" deleted", "release \"llm-config\" uninstalled");
      assertThat(person.run("kubectl get clusterrole,clusterrolebinding -o name"))
          .doesNotContain("/llm-config");
      assertThat(here.run("kubectl get deployment chat -o yaml")).doesNotContain("OPENAI");
    }
  }

  @Test
  void byWhomMayNothingInTheWholeCluster() throws Exception {
    person.run(Example.inCheckout(blocks.get(2)));
    assertThat(person.run(Example.inCheckout(blocks.get(3)).strip() + " --kube-as-user=jane"))
        .contains("STATUS: deployed");
    try (var _ = operator(account(), "team-a,team-b")) {
      for (var team : List.of("team-a", "team-b")) {
        person.run(ECHO.replace("HERE", team));
      }
      for (var team : List.of("team-a", "team-b")) {
        person.run("kubectl delete akc echo -n " + team + " --timeout=60s");
      }
    }
  }

  @Test
  void theOperatorWentFirst() throws Exception {
    try (var _ =
        RunningOperator.start(
            plane, plane.admin().client().getConfiguration(), RunningOperator.newKey())) {
      here.run(AGENT);
    }
    here.run("kubectl delete mcfg,akc --all --wait=false");
    var uninstall =
        blocks
            .get(5)
            .replaceAll(
                "--release\\b",
                "--release --namespace %1$s --namespaces %1$s".formatted(plane.namespace()));

    await("the lease to end")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> person.run(uninstall).contains("finalizer taken off"));

    assertThat(here.run("kubectl get mcfg,akc -o name 2>/dev/null")).isBlank();
    assertThat(here.run("kubectl get deployment chat -o yaml")).contains("OPENAI_MODEL");
  }

  private RunningOperator operator(Config api, String namespaces) throws Exception {
    return RunningOperator.start(
        plane,
        api,
        "",
        "--watch-namespaces",
        namespaces,
        "--home-namespace",
        "llm-config",
        "--keyring-secret",
        "llm-config-keyring");
  }

  /// With the rights that the installation has given, and no others.
  private Config account() throws Exception {
    var admin = plane.admin().client().getConfiguration();
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(admin.getMasterUrl())
        .withCaCertData(admin.getCaCertData())
        .withNamespace("llm-config")
        .withOauthToken(person.run("kubectl create token llm-config -n llm-config").strip())
        .build();
  }

  private void awaitGone(String namespace) {
    plane
        .admin()
        .client()
        .namespaces()
        .withName(namespace)
        .waitUntilCondition(Objects::isNull, 60, SECONDS);
  }
}
