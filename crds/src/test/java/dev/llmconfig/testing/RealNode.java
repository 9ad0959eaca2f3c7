package dev.llmconfig.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A namespace whose pods really run, and the processes behind them.
final class RealNode implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NAMESPACE = "agents";

  private final Path state;
  private final String id;
  private final String network;
  private final KubernetesClient client;

  private RealNode(Path state, String id, String network, KubernetesClient client) {
    this.state = state;
    this.id = id;
    this.network = network;
    this.client = client;
  }

  /// With the strictest rules for pods, since nobody's agent may need more here than in production.
  static RealNode of(Path state) {
    try {
      var config = Config.fromKubeconfig(Files.readString(state.resolve("kubeconfig")));
      var first = Files.readString(state.resolve("control-plane/run/node.pid")).strip();
      var node =
          new RealNode(
              state,
              idOf(Command.cluster(state, "status").orFail().output()),
              NodeTraces.networkOf(Long.parseLong(first)).getFirst(),
              new KubernetesClientBuilder().withConfig(config).build());
      node.client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(NAMESPACE)
                  .addToLabels("pods", "real")
                  .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                  .endMetadata()
                  .build())
          .serverSideApply();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String namespace() {
    return NAMESPACE;
  }

  /// The interface by which this machine reaches the node.
  String cable() {
    return "llmc-" + id;
  }

  /// The name that the kernel gives to the node's network.
  String network() {
    return network;
  }

  /// Whether an interface, a route or a cgroup is this node's.
  boolean owns(String trace) {
    return trace.contains(id);
  }

  void apply(HasMetadata object) {
    client.resource(object).inNamespace(NAMESPACE).forceConflicts().serverSideApply();
  }

  void applyElsewhere(HasMetadata object) {
    client.resource(object).serverSideApply();
  }

  Path program(String name) {
    return state.resolve("control-plane/node/bin").resolve(name);
  }

  /// Every pod is of the newest revision and available, and no other is left.
  void awaitRollout(String deployment) {
    await("rollout of " + deployment)
        .atMost(LIMIT)
        .until(() -> {
          var now = deployment(deployment);
          var status = now.getStatus();
          return now.getMetadata().getGeneration().equals(status.getObservedGeneration())
              && Integer.valueOf(1).equals(status.getUpdatedReplicas())
              && Integer.valueOf(1).equals(status.getReplicas())
              && Integer.valueOf(1).equals(status.getAvailableReplicas());
        });
  }

  Deployment deployment(String name) {
    return client.apps().deployments().inNamespace(NAMESPACE).withName(name).get();
  }

  /// The only pod of a deployment that is not on its way out.
  Pod pod(String deployment) {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app", deployment)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .findFirst()
        .orElseThrow();
  }

  Pod again(Pod pod) {
    return client.resource(pod).get();
  }

  String log(String deployment) {
    return container(deployment).getLog();
  }

  /// What a command inside the pod prints, on both its streams.
  String execute(String deployment, String... command) {
    var output = new ByteArrayOutputStream();
    try (var run = container(deployment).writingOutput(output).writingError(output).exec(command)) {
      run.exitCode().get(20, TimeUnit.SECONDS);
      return output.toString(StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new IllegalStateException("No result of " + String.join(" ", command), e);
    }
  }

  private ContainerResource container(String deployment) {
    var pod = pod(deployment).getMetadata().getName();
    return client.pods().inNamespace(NAMESPACE).withName(pod).inContainer("agent");
  }

  void killContainerOf(String deployment) {
    PodProcesses.kill(pod(deployment));
  }

  /// All that carries our mark; what runs in the node ends with its first process.
  void killEverything() {
    PodProcesses.kill("LLMCONFIG_CLUSTER_MEMBER=" + state + "/");
  }

  @Override
  public void close() {
    client.close();
  }

  private static String idOf(String status) {
    var line = Pattern.compile("real-0, .* on interface llmc-([0-9a-f]{8})").matcher(status);
    if (!line.find()) {
      throw new IllegalStateException("No real node in: " + status);
    }
    return line.group(1);
  }
}
