package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Kubectl;
import dev.llmconfig.testing.Requests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The operator with the token of the installed ServiceAccount, and so under exactly the rules of
/// the chart: nothing that it needs is missing, and nothing that it may is unused.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set by the first lines of each test
class RightsIT {

  private static final Duration SOON = Duration.ofMinutes(3);

  /// What a story of seconds does not come to: the sweep of what no agent names any more begins
  /// after a minute, and reads again after somebody else was faster, or where nobody's fields are
  /// recorded. The guide to rights names them.
  private static final Set<String> RARE =
      Set.of(
          "secrets delete",
          "configmaps delete",
          "modelconfigs get",
          "deployments get",
          "statefulsets get",
          "daemonsets get",
          "cronjobs get");

  /// At home: a ring that has no fingerprint key is completed, and events are told of the ring.
  private static final Set<String> RARE_AT_HOME = Set.of("secrets patch", "events create");

  @TempDir Path folder;

  private ControlPlane plane;
  private Kubectl kubectl;

  @Test
  void inAllNamespacesEveryRightIsUsedAndNoneIsMissing(ControlPlane plane) throws IOException {
    begin(plane);
    var release = Release.install(plane, folder, values("rbac: {people: false}"));
    var agents = namespace("agents");
    var mark = plane.audit().mark();

    // Somebody else's ciphertext elsewhere must not keep it from having a key of its own.
    try (var _ = operator(release, RunningOperator.newKey(), "--watch-namespaces", "")) {
      story(agents, () -> {});
    }

    var asked = by(release, plane.audit().since(mark), agents, plane.namespace(), "");
    assertThat(asked.refused()).isEmpty();
    assertThat(Grants.anywhere(Grants.used(asked)))
        .containsAll(without(RARE, Grants.of(release.objects(), "ClusterRole/llm-operator")));
  }

  @Test
  void inListedNamespacesItMayNothingElsewhere(ControlPlane plane) throws IOException {
    begin(plane);
    var agents = namespace("a");
    var second = namespace("b");
    var foreign = namespace("c");
    var release =
        Release.install(
            plane,
            folder,
            values("{rbac: {people: false}, watchNamespaces: [%s, %s]}".formatted(agents, second)));
    assertThat(release.objects())
        .noneMatch(object -> object.path("kind").asText().startsWith("ClusterRole"));
    kubectl.apply(key(foreign));
    var mark = plane.audit().mark();

    try (var _ = operator(release, "")) {
      story(agents, () -> pruning(release, agents));
    }

    var requests = plane.audit().since(mark);
    var asked = by(release, requests, agents, second, plane.namespace(), "");
    assertThat(asked.refused()).isEmpty();
    assertThat(by(release, requests, foreign)).isEmpty();
    var used = Grants.used(asked);
    assertThat(used)
        .containsAll(
            without(
                RARE,
                Grants.of(release.objects(), "Role/llm-operator").stream()
                    .filter(one -> one.startsWith(agents + " "))
                    .collect(Collectors.toSet())))
        .containsAll(without(RARE_AT_HOME, Grants.of(release.objects(), "Role/llm-home")));
    var untouched =
        plane
            .admin()
            .client()
            .resources(ApiKeyConfig.class)
            .inNamespace(foreign)
            .withName("key")
            .require();
    assertThat(untouched.getMetadata().getFinalizers()).isEmpty();
    assertThat(untouched.getMetadata().getManagedFields())
        .noneMatch(field -> field.getManager().equals("llm-config-operator"));
    try (var account = new KubernetesClientBuilder().withConfig(release.account()).build()) {
      assertThatThrownBy(() -> account.secrets().inNamespace(foreign).withName("key").get())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(403));
      var template =
          plane
              .admin()
              .client()
              .apps()
              .deployments()
              .inNamespace(agents)
              .withName("deployment")
              .require();
      assertThatThrownBy(() -> account.resource(template).update())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(403));
    }
  }

  private void begin(ControlPlane plane) {
    this.plane = plane;
    kubectl = plane.closedLater(Kubectl.admin());
  }

  private static JsonNode values(String yaml) {
    return Yaml.documents(yaml).getFirst();
  }

  private String namespace(String name) {
    var full = plane.namespace() + "-" + name;
    kubectl.run("create", "namespace", full);
    AutoCloseable end = () -> kubectl.run("delete", "namespace", full, "--wait=false");
    plane.closedLater(end);
    return full;
  }

  /// As its container is started, where the chart says it.
  private RunningOperator operator(Release release, String encryptionKey, String... more)
      throws IOException {
    var flags = new ArrayList<>(release.flags());
    flags.addAll(List.of(more));
    return RunningOperator.start(
        plane, release.account(), encryptionKey, flags.toArray(String[]::new));
  }

  /// As Argo CD does it: rendered and applied over and over, and what bears the label of the
  /// release and is not in Git goes.
  private void pruning(Release release, String agents) {
    var before = secretsAndConfigMaps(agents);
    assertThat(before).anyMatch(name -> name.contains("llm-keyring"));
    var git =
        values(
            "{rbac: {people: false}, crds: {enabled: false}, watchNamespaces: [%s]}"
                .formatted(agents));
    for (int sync = 1; sync <= 10; sync++) {
      var said =
          Program.run(
                  release.chart().text(git),
                  "kubectl",
                  "apply",
                  "-f",
                  "-",
                  "--prune",
                  "--selector=app.kubernetes.io/instance=llm")
              .orFail();
      assertThat(said).doesNotContain("secret/", "configmap/");
    }
    assertThat(secretsAndConfigMaps(agents)).isEqualTo(before);
  }

  /// Each with its version: the key ring must be the same to the letter.
  private Set<String> secretsAndConfigMaps(String agents) {
    var client = plane.admin().client();
    var all = new TreeSet<String>();
    for (var namespace : List.of(plane.namespace(), agents)) {
      client
          .secrets()
          .inNamespace(namespace)
          .list()
          .getItems()
          .forEach(one -> all.add(version(one)));
      client
          .configMaps()
          .inNamespace(namespace)
          .list()
          .getItems()
          .forEach(one -> all.add(version(one)));
    }
    return all;
  }

  private static String version(HasMetadata object) {
    var meta = object.getMetadata();
    return meta.getName()
        + " "
        + meta.getUid()
        + (meta.getName().endsWith("-keyring") ? " " + meta.getResourceVersion() : "");
  }

  private static Requests by(Release release, Requests requests, String... namespaces) {
    return requests.only(request ->
        request.user().equals(release.user()) && Set.of(namespaces).contains(request.namespace()));
  }

  private static Set<String> without(Set<String> rare, Set<String> granted) {
    assertThat(granted).isNotEmpty();
    return granted.stream()
        .filter(one -> !rare.contains(one.substring(one.indexOf(' ') + 1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A key, agents of each kind and of both ways to be given something, another key, and the end.
  private void story(String namespace, Runnable between) {
    kubectl.apply(
        key(namespace)
            + model(namespace, "env", "{}")
            + model(namespace, "file", "{mode: File}")
            + agent(namespace, "apps/v1", "Deployment", "env", "selector: {matchLabels: {app: x}}")
            + agent(
                namespace,
                "apps/v1",
                "StatefulSet",
                "env",
                "serviceName: x, selector: {matchLabels: {app: x}}")
            + agent(namespace, "apps/v1", "DaemonSet", "env", "selector: {matchLabels: {app: x}}")
            + agent(namespace, "batch/v1", "CronJob", "file", "schedule: 0 0 1 1 *"));
    kubectl.run(
        "wait",
        "--for=condition=Ready",
        "--timeout=180s",
        "-n",
        namespace,
        "mcfg/env",
        "mcfg/file");
    between.run();
    var first = revision(namespace);
    kubectl.run(
        "patch",
        "secret",
        "key",
        "-n",
        namespace,
        "-p",
        "{\"stringData\":{\"api-key\":\"sk-second-0123456789abcdef\"}}");
    var settled = new HashSet<String>();
    await("both to have the second key")
        .atMost(SOON)
        .until(() -> {
          for (var name : List.of("env", "file")) {
            if (!applied(namespace, name).equals(Optional.of(first))) {
              settled.add(name);
            }
          }
          return settled.size() == 2;
        });
    kubectl.run("delete", "mcfg", "env", "file", "-n", namespace, "--timeout=60s");
    kubectl.run("delete", "akc", "key", "-n", namespace, "--timeout=60s");
  }

  private String revision(String namespace) {
    var status =
        plane
            .admin()
            .client()
            .resources(ApiKeyConfig.class)
            .inNamespace(namespace)
            .withName("key")
            .require()
            .getStatus();
    return Objects.requireNonNull(Objects.requireNonNull(status).getRevision());
  }

  private Optional<String> applied(String namespace, String name) {
    return Optional.ofNullable(
            plane
                .admin()
                .client()
                .resources(ModelConfig.class)
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getStatus())
        .flatMap(status -> Optional.ofNullable(status.getApplied()))
        .flatMap(applied -> Optional.ofNullable(applied.getApiKeyRevision()));
  }

  private static String key(String namespace) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: key, namespace: %1$s}
    stringData: {api-key: sk-first-0123456789abcdef}
    ---
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: key, namespace: %1$s}
    spec: {provider: Echo, secretRef: {name: key, key: api-key}}
    ---
    """
        .formatted(namespace);
  }

  private static String model(String namespace, String name, String delivery) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ModelConfig
    metadata: {name: %s, namespace: %s}
    spec: {apiKeyRef: {name: key}, model: echo, delivery: %s}
    ---
    """
        .formatted(name, namespace, delivery);
  }

  private static String agent(
      String namespace, String version, String kind, String modelConfig, String spec) {
    var pod =
        "template: {metadata: {labels: {app: x}}, spec: {restartPolicy: %s, containers: [{name: agent, image: none}]}}"
            .formatted(kind.equals("CronJob") ? "Never" : "Always");
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: %s, namespace: %s, labels: {llmconfig.dev/model-config: %s}}
    spec: {%s, %s}
    ---
    """
        .formatted(
            version,
            kind,
            kind.toLowerCase(Locale.ROOT),
            namespace,
            modelConfig,
            spec,
            kind.equals("CronJob") ? "jobTemplate: {spec: {" + pod + "}}" : pod);
  }
}
