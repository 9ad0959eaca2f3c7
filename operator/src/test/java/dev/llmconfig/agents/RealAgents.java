package dev.llmconfig.agents;

import dev.llmconfig.testing.PodProcesses;
import dev.llmconfig.testing.TestAgent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Agents whose pods really run, and what can be done to them.
final class RealAgents {

  private static final Map<String, String> REAL = Map.of("type", "real");

  private final AgentStage stage;

  RealAgents(AgentStage stage) {
    this.stage = stage;
    stage
        .client()
        .namespaces()
        .withName(stage.plane.namespace())
        .edit(namespace -> {
          namespace.getMetadata().getLabels().put("pods", "real");
          return namespace;
        });
  }

  /// With a ModelConfig of its own name.
  void deployment(TestAgent agent) {
    create(deploymentOf(agent));
  }

  void statefulSet(TestAgent agent) {
    var spec = deploymentOf(agent).getSpec();
    create(
        new StatefulSetBuilder()
            .withMetadata(deploymentOf(agent).getMetadata())
            .withNewSpec()
            .withServiceName(agent.name())
            .withSelector(spec.getSelector())
            .withTemplate(spec.getTemplate())
            .endSpec()
            .build());
  }

  void daemonSet(TestAgent agent) {
    var spec = deploymentOf(agent).getSpec();
    spec.getTemplate().getSpec().setNodeSelector(REAL);
    spec.getTemplate()
        .getSpec()
        .setTolerations(
            List.of(
                new TolerationBuilder()
                    .withKey("llmconfig.dev/real-node")
                    .withOperator("Exists")
                    .build()));
    create(
        new DaemonSetBuilder()
            .withMetadata(deploymentOf(agent).getMetadata())
            .withNewSpec()
            .withSelector(spec.getSelector())
            .withTemplate(spec.getTemplate())
            .endSpec()
            .build());
  }

  private static Deployment deploymentOf(TestAgent agent) {
    var deployment = agent.with("OWN", "mine").deployment();
    deployment.getMetadata().setLabels(Map.of("llmconfig.dev/model-config", agent.name()));
    return deployment;
  }

  private void create(HasMetadata workload) {
    stage.client().resource(workload).inNamespace(stage.plane.namespace()).create();
  }

  /// Those that are not on their way out.
  List<Pod> pods(String agent) {
    return stage
        .client()
        .pods()
        .inNamespace(stage.plane.namespace())
        .withLabel("app", agent)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /// Its process ends, and another one starts in the same pod.
  void survives(Pod pod) {
    int before = restarts(pod);
    PodProcesses.kill(pod);
    stage.awaits(
        "the container of " + pod.getMetadata().getName() + " to run again",
        () -> {
          var now = stage.client().resource(pod).get();
          return restarts(now) > before && ready(now);
        });
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
  }

  static boolean ready(Pod pod) {
    var containers = pod.getStatus().getContainerStatuses();
    return !containers.isEmpty() && containers.getFirst().getReady();
  }

  /// What kubelet could not do for pods of this name: a Secret that is not there is told so.
  List<String> failures(String agent) {
    return stage
        .client()
        .v1()
        .events()
        .inNamespace(stage.plane.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getInvolvedObject().getName().startsWith(agent + "-"))
        .filter(
            event -> "Failed".equals(event.getReason()) || "FailedMount".equals(event.getReason()))
        .map(Event::getMessage)
        .toList();
  }

  /// As if we had written to it so much earlier. The annotation makes the API server take the times
  /// as they are.
  void writtenBefore(Class<? extends HasMetadata> kind, String agent, Duration earlier) {
    aged(
        stage.client().resources(kind).inNamespace(stage.plane.namespace()).withName(agent),
        earlier);
  }

  private static <T extends HasMetadata> void aged(Resource<T> workload, Duration earlier) {
    workload.edit(
        (UnaryOperator<T>)
            found -> {
              var annotations = new TreeMap<String, String>();
              if (found.getMetadata().getAnnotations() != null) {
                annotations.putAll(found.getMetadata().getAnnotations());
              }
              annotations.put("example.com/aged", "true");
              found.getMetadata().setAnnotations(annotations);
              found.getMetadata().getManagedFields().stream()
                  .filter(entry -> "llm-config-operator".equals(entry.getManager()))
                  .forEach(entry -> age(entry, earlier));
              return found;
            });
  }

  private static void age(ManagedFieldsEntry entry, Duration earlier) {
    entry.setTime(
        Instant.parse(entry.getTime()).minus(earlier).truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
