package dev.llmconfig.guest;

import static dev.llmconfig.guest.Deliveries.files;
import static dev.llmconfig.guest.Deliveries.variables;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.Obstacle.Reason;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Helm;
import dev.llmconfig.testing.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Owners with the tools that they use, after a guest was there: whatever they do next simply
/// works, and nothing of theirs is lost.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class OwnersIT {

  /// How an owner brings a manifest to the cluster.
  enum Way {
    ApplyOnTheClient,
    ApplyOnTheServer,
    Helm,
    HelmOnTheClient
  }

  private static final String NAME = "agent";
  private static final String FIRST =
      """
      containers:
      - name: agent
        image: agent:1
        env:
        - {name: LOG, value: info}
        - {name: BANNER, value: "runs $(MODEL)"}
      - {name: helper, image: "helper:1", env: [{name: LOG, value: info}]}
      """;
  private static final Delivery DELIVERED = variables("d-1", "KEY@s-1", "MODEL=gpt");

  @TempDir private Path folder;
  private ControlPlane plane;
  private WorkloadApi api;
  private Kubectl kubectl;
  private Helm helm;

  @BeforeEach
  void arrives(ControlPlane plane) throws IOException {
    this.plane = plane;
    api = new WorkloadApi(plane.admin().client(), plane.namespace());
    kubectl = plane.closedLater(Kubectl.admin());
    helm = new Helm(folder.resolve("helm"));
    Files.createDirectories(folder.resolve("chart/templates"));
    Files.writeString(
        folder.resolve("chart/Chart.yaml"), "{apiVersion: v2, name: agent, version: 1.0.0}");
  }

  @ParameterizedTest
  @EnumSource
  void theSameManifestAgainChangesNothing(Way way) throws IOException {
    bring(way, FIRST);
    deliver(WorkloadKind.Deployment, DELIVERED);
    long generation = live(WorkloadKind.Deployment).at("/metadata/generation").asLong();

    bring(way, FIRST);

    assertThat(live(WorkloadKind.Deployment).at("/metadata/generation").asLong())
        .isEqualTo(generation);
    assertThat(env(0)).containsExactly("KEY", "MODEL", "LOG", "BANNER");
    assertThat(deliver(WorkloadKind.Deployment, DELIVERED).body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anotherImageAndOtherVariablesArriveBesideOurs(Way way) throws IOException {
    bring(way, FIRST);
    deliver(WorkloadKind.Deployment, DELIVERED);

    bring(
        way,
        """
        containers:
        - {name: agent, image: "agent:2", env: [{name: NEW, value: "1"}, {name: LOG, value: debug}]}
        - {name: helper, image: "helper:1", env: [{name: LOG, value: info}]}
        """);

    assertThat(container(0).path("image").asText()).isEqualTo("agent:2");
    assertThat(env(0)).containsExactlyInAnyOrder("KEY", "MODEL", "NEW", "LOG");
    assertThat(deliver(WorkloadKind.Deployment, DELIVERED).body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aContainerIsRenamedAndGetsItsSettings(Way way) throws IOException {
    bring(way, FIRST);
    deliver(WorkloadKind.Deployment, DELIVERED);

    bring(way, FIRST.replace("- name: agent", "- name: renamed"));
    deliver(WorkloadKind.Deployment, DELIVERED);

    assertThat(Manifests.containers(WorkloadKind.Deployment, live(WorkloadKind.Deployment)))
        .extracting(one -> one.path("name").asText())
        .containsExactlyInAnyOrder("renamed", "helper");
    for (int i = 0; i < 2; i++) {
      assertThat(env(i)).contains("KEY", "MODEL", "LOG");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aContainerIsRemoved(Way way) throws IOException {
    bring(way, FIRST);
    deliver(WorkloadKind.Deployment, DELIVERED);

    bring(way, FIRST.substring(0, FIRST.indexOf("- {name: helper")));

    assertThat(Manifests.containers(WorkloadKind.Deployment, live(WorkloadKind.Deployment)))
        .hasSize(1);
    assertThat(env(0)).containsExactly("KEY", "MODEL", "LOG", "BANNER");
    assertThat(deliver(WorkloadKind.Deployment, DELIVERED).body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void listsThatTheManifestLeavesEmptyAreNoObstacle(Way way) throws IOException {
    String empty =
        "{volumes: [], containers: [{name: agent, image: a, env: [], volumeMounts: []}]}";
    bring(way, empty);
    deliver(WorkloadKind.Deployment, DELIVERED);
    deliver(WorkloadKind.Deployment, files("d-2", "/etc/llm"));

    bring(way, empty);

    assertThat(container(0).path("volumeMounts")).hasSize(1);
    assertThat(deliver(WorkloadKind.Deployment, files("d-2", "/etc/llm")).body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ApplyOnTheServer", "Helm"})
  void nullsThatTheManifestLeavesAreNoObstacle(Way way) throws IOException {
    String nulls = "{containers: [{name: agent, image: a, env: null}]}";
    bring(way, nulls);
    deliver(WorkloadKind.Deployment, DELIVERED);

    bring(way, nulls);

    assertThat(env(0)).containsExactly("KEY", "MODEL");
  }

  @Test
  void aNullThatIsAppliedOnTheClientTakesOursEachTimeAndItIsNoticed() throws IOException {
    String nulls = "{containers: [{name: agent, image: a, env: null}]}";
    bring(Way.ApplyOnTheClient, nulls);
    deliver(WorkloadKind.Deployment, DELIVERED);
    bring(Way.ApplyOnTheClient, nulls);
    assertThat(container(0).path("env")).isEmpty();

    GuestPatch patch = deliver(WorkloadKind.Deployment, DELIVERED);

    assertThat(patch.lost()).hasSize(2);
    assertThat(env(0)).containsExactly("KEY", "MODEL");
  }

  @ParameterizedTest
  @EnumSource
  void aVariableOfOursThatTheManifestBringsLaterIsTheirs(Way way) throws IOException {
    bring(way, FIRST);
    deliver(WorkloadKind.Deployment, variables("d-1", "KEY@s-1"));
    String theirs = FIRST.replace("- {name: LOG, value: info}\n", "- {name: MODEL, value: mine}\n");

    bring(way, theirs);
    GuestPatch patch = deliver(WorkloadKind.Deployment, DELIVERED);

    assertThat(patch.obstacles()).extracting(Obstacle::reason).containsExactly(Reason.Owned);
    bring(way, theirs);
    assertThat(deliver(WorkloadKind.Deployment, DELIVERED).body()).isEmpty();
    assertThat(value(0, "MODEL")).isEqualTo("mine");
  }

  @ParameterizedTest
  @EnumSource
  void afterTheGuestHasLeftTheWorkloadIsAsItsOwnerWroteIt(Way way) throws IOException {
    bring(way, FIRST);
    ObjectNode before = Manifests.template(WorkloadKind.Deployment, live(WorkloadKind.Deployment));
    deliver(WorkloadKind.Deployment, DELIVERED);
    deliver(WorkloadKind.Deployment, files("d-2", "/etc/llm"));

    release(WorkloadKind.Deployment);

    ObjectNode after = live(WorkloadKind.Deployment);
    assertThat(Manifests.template(WorkloadKind.Deployment, after)).isEqualTo(before);
    assertThat(after.at("/metadata/labels/llmconfig.dev~1delivered-by").isMissingNode()).isTrue();
    assertThat(after.at("/metadata/managedFields"))
        .extracting(entry -> entry.path("manager").asText())
        .doesNotContain("llm-config-operator");
  }

  @ParameterizedTest
  @EnumSource(names = {"Deployment", "StatefulSet", "DaemonSet"})
  void anUndoneRolloutIsKnownAndTakenUpWithTheNextDelivery(WorkloadKind kind) throws IOException {
    ArrayNode containers =
        Manifests.array(Manifests.container("agent", Manifests.value("LOG", "info")));
    apply(Manifests.workload(kind, NAME, containers));
    deliver(kind, variables("d-1", "KEY@s-1", "URL=u"));
    observed(kind);
    deliver(kind, variables("d-2", "KEY@s-2"));
    observed(kind);

    kubectl.run("-n", plane.namespace(), "rollout", "undo", kind + "/" + NAME);
    Workload undone = workload(kind);
    assertThat(undone.templateAnnotation("llmconfig.dev/rendered")).contains("d-1");
    assertThat(Ownership.of(undone).restorers())
        .extracting(FieldManager::name)
        .containsExactly("kubectl");

    deliver(kind, variables("d-3", "KEY@s-2"));
    assertThat(Ownership.of(workload(kind)).restorers()).isEmpty();
    assertThat(workload(kind).containers().getFirst().getEnv())
        .extracting(one -> one.getName())
        .containsExactlyInAnyOrder("KEY", "LOG");
    deliver(kind, variables("d-4", "KEY@s-4"));
    release(kind);
    assertThat(workload(kind).containers().getFirst().getEnv()).hasSize(1);
  }

  @Test
  void aVariableThatAPersonSetIsTheirsUntilTheNextChange() throws IOException {
    bring(Way.ApplyOnTheServer, FIRST);
    deliver(WorkloadKind.Deployment, DELIVERED);
    kubectl.run("-n", plane.namespace(), "set", "env", "deployment/" + NAME, "KEY=mine");

    GuestPatch patch = deliver(WorkloadKind.Deployment, DELIVERED);
    assertThat(patch.obstacles()).extracting(Obstacle::reason).containsOnly(Reason.ChangedByHand);
    assertThat(value(0, "KEY")).isEqualTo("mine");

    deliver(WorkloadKind.Deployment, variables("d-2", "KEY@s-2", "MODEL=gpt"));
    assertThat(container(0).at("/env/0/valueFrom/secretKeyRef/name").asText()).isEqualTo("s-2");
  }

  @Test
  void aReferenceBetweenTwoOfOneNameKeepsItsMeaning() {
    ObjectNode object =
        Manifests.workload(
            WorkloadKind.Deployment,
            NAME,
            Manifests.array(
                Manifests.container(
                    "agent",
                    Manifests.value("D", "1"),
                    Manifests.value("E", "$(D)"),
                    Manifests.value("D", "2"))));
    api.create(WorkloadKind.Deployment, object, "terraform").orFail();

    GuestPatch patch = deliver(WorkloadKind.Deployment, DELIVERED);

    assertThat(patch.obstacles()).extracting(Obstacle::reason).containsExactly(Reason.OrderMatters);
    assertThat(env(0)).containsExactly("D", "E", "D");
    // This is what any merge makes of it.
    ObjectNode any =
        Manifests.environment(WorkloadKind.Deployment, "agent", Manifests.value("X", "1"));
    api.merge(WorkloadKind.Deployment, NAME, any, "anybody").orFail();
    assertThat(env(0)).containsExactly("X", "D", "D", "E");
  }

  @Test
  void aWorkloadThatChangedOrWasMadeAnewIsNotPatched() throws IOException {
    bring(Way.ApplyOnTheServer, FIRST);
    Workload observed = workload(WorkloadKind.Deployment);
    GuestPatch patch = Guest.deliver(observed, DELIVERED);
    bring(Way.ApplyOnTheServer, FIRST.replace("agent:1", "agent:2"));

    assertThat(send(WorkloadKind.Deployment, patch).code()).isEqualTo(409);

    kubectl.run("-n", plane.namespace(), "delete", "deployment", NAME, "--wait=true");
    bring(Way.ApplyOnTheServer, FIRST);
    assertThat(send(WorkloadKind.Deployment, patch).ok()).isFalse();
    assertThat(env(0)).containsExactly("LOG", "BANNER");
  }

  private void bring(Way way, String pod) throws IOException {
    String manifest =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s}
        spec:
          replicas: 0
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
        """
                .formatted(NAME, NAME, NAME)
            + pod.indent(6);
    Path file = folder.resolve("chart/templates/agent.yaml");
    Files.writeString(file, manifest);
    String namespace = "--namespace=" + plane.namespace();
    String chart = folder.resolve("chart").toString();
    switch (way) {
      case ApplyOnTheClient -> kubectl.run(namespace, "apply", "-f", file.toString());
      case ApplyOnTheServer ->
          kubectl.run(namespace, "apply", "--server-side", "-f", file.toString());
      case Helm -> helm.run("upgrade", "--install", "agent", chart, namespace);
      case HelmOnTheClient ->
          helm.run("upgrade", "--install", "agent", chart, namespace, "--server-side=false");
    }
  }

  private void apply(ObjectNode object) throws IOException {
    Path file = folder.resolve("object.json");
    Files.writeString(file, object.toString());
    kubectl.run("--namespace=" + plane.namespace(), "apply", "-f", file.toString());
  }

  private GuestPatch deliver(WorkloadKind kind, Delivery delivery) {
    return visit(kind, workload -> Guest.deliver(workload, delivery));
  }

  private void release(WorkloadKind kind) {
    visit(kind, workload -> Guest.release(workload, Deliveries.KNOWN));
  }

  /// Controllers write the status in between: then the lock holds, and we look again.
  private GuestPatch visit(WorkloadKind kind, Function<Workload, GuestPatch> planning) {
    for (int tries = 0; ; tries++) {
      GuestPatch patch = planning.apply(workload(kind));
      if (patch.body().isEmpty()) {
        return patch;
      }
      WorkloadApi.Answer answer = send(kind, patch);
      if (answer.code() != 409 || tries == 20) {
        answer.orFail();
        return patch;
      }
    }
  }

  private WorkloadApi.Answer send(WorkloadKind kind, GuestPatch patch) {
    return api.merge(kind, NAME, Json.parsed(patch.body().orElseThrow()), FieldManager.US.name());
  }

  /// The controller keeps a template for `rollout undo` when it has seen it.
  private void observed(WorkloadKind kind) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          ObjectNode live = live(kind);
          return live.at("/status/observedGeneration").asLong()
              == live.at("/metadata/generation").asLong();
        });
  }

  private ObjectNode live(WorkloadKind kind) {
    return api.get(kind, NAME).orFail().body();
  }

  private Workload workload(WorkloadKind kind) {
    return Workload.of(WorkloadApi.typed(kind, live(kind)));
  }

  private JsonNode container(int index) {
    return Manifests.containers(WorkloadKind.Deployment, live(WorkloadKind.Deployment)).get(index);
  }

  private List<String> env(int container) {
    return container(container)
        .path("env")
        .valueStream()
        .map(one -> one.path("name").asText())
        .toList();
  }

  private String value(int container, String variable) {
    return container(container)
        .path("env")
        .valueStream()
        .filter(one -> one.path("name").asText().equals(variable))
        .findFirst()
        .orElseThrow()
        .path("value")
        .asText();
  }
}
