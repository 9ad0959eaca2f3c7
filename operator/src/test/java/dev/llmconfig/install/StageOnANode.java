package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.image.BuiltImage;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Kubectl;
import dev.llmconfig.testing.NodeOfTheTests;
import dev.llmconfig.testing.TestAgent;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Two replicas in a namespace of the strictest Pod Security level, an agent beside them, and
/// somebody who has signed in; all of it on a real node.
record StageOnANode(
    ControlPlane plane,
    Release release,
    RunningRelease running,
    JsonNode values,
    Entrance entrance) {

  private static final String KEY =
      "{\"namespace\": \"%s\", \"name\": \"given\", \"provider\": \"Echo\", \"key\": \"sk-given-0123456789abcdef\"}";
  private static final String MODEL =
      "{\"namespace\": \"%s\", \"name\": \"slow\", \"apiKeyRef\": {\"name\": \"given\"}, \"model\": \"echo-slow\"}";

  /// Reaches whichever replica; its own Service keeps a person with one.
  private static final String FROM_OUTSIDE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: from-outside, namespace: %s}
      spec:
        type: NodePort
        selector: {app.kubernetes.io/instance: llm, app.kubernetes.io/name: llm-config-operator}
        ports: [{port: 8080, targetPort: http}]
      """;

  static StageOnANode set(ControlPlane plane, Path folder)
      throws IOException, InterruptedException {
    var space = plane.namespace();
    var node = plane.closedLater(NodeOfTheTests.up());
    node.load(BuiltImage.tarOfThisBuild());
    var kubectl = plane.closedLater(Kubectl.admin());
    kubectl.run(
        "label", "namespace", space, "pods=real", "pod-security.kubernetes.io/enforce=restricted");
    var address = address(kubectl);
    var values =
        Yaml.documents(
                "{replicas: 2, watchNamespaces: [%s], playground: {publicUrl: 'http://%s'}}"
                    .formatted(space, address))
            .getFirst();
    var release = Release.install(plane, folder, values);
    kubectl.apply(FROM_OUTSIDE.formatted(space));
    var port =
        kubectl.run(
            "get", "service/from-outside", "-n", space, "-o", "jsonpath={.spec.ports[0].nodePort}");
    var stage =
        new StageOnANode(
            plane,
            release,
            new RunningRelease(plane, "llm"),
            values,
            Entrance.of(address + ":" + port, login(kubectl, space)));
    await("the node to know of the address")
        .atMost(RunningRelease.SOON)
        .ignoreExceptions()
        .until(() -> stage.entrance().get("/").statusCode() == 200);
    stage.agent(kubectl);
    return stage;
  }

  private static String address(Kubectl kubectl) {
    return kubectl.run(
        "get",
        "node/real-0",
        "-o",
        "jsonpath={.status.addresses[?(@.type==\"InternalIP\")].address}");
  }

  private static String login(Kubectl kubectl, String space) {
    kubectl.run("create", "serviceaccount", "me", "-n", space);
    kubectl.run(
        "create",
        "rolebinding",
        "me",
        "-n",
        space,
        "--clusterrole=llmconfig-edit",
        "--serviceaccount=" + space + ":me");
    return kubectl.run("create", "token", "me", "-n", space).strip();
  }

  /// Its key is one that nobody has but the key ring.
  private void agent(Kubectl kubectl) {
    var space = plane.namespace();
    entrance.change("POST", "/api/config/api-keys", KEY.formatted(space));
    entrance.change("POST", "/api/config/model-configs", MODEL.formatted(space));
    var agent = TestAgent.named("agent").deployment();
    agent.getMetadata().setNamespace(space);
    agent.getMetadata().setLabels(Map.of("llmconfig.dev/model-config", "slow"));
    kubectl.apply(Serialization.asYaml(agent));
    // Whoever removes it has to begin with these.
    AutoCloseable end =
        () -> kubectl.run("delete", "mcfg,akc", "--all", "-n", space, "--timeout=60s");
    plane.closedLater(end);
    kubectl.run(
        "wait", "--for=jsonpath={.status.agents}=1/1", "mcfg/slow", "-n", space, "--timeout=120s");
  }

  /// As people name it.
  String model() {
    return plane.namespace() + ".slow";
  }

  void upgrade(String... more) {
    release.helm("upgrade", values, more);
  }

  /// What helm says then.
  String cannotUpgrade(String... more) {
    return release.helmFails("upgrade", values, more);
  }

  /// A change that it must be told of, whichever replica it listens to by now.
  void hears(Listener listener, String name) {
    var changed =
        entrance.change(
            "PATCH",
            "/api/config/model-configs/" + model(),
            "{\"displayName\": \"%s\"}".formatted(name));
    var generation = changed.path("generation").asLong();
    assertThat(generation).isPositive();
    await("word of generation " + generation)
        .atMost(RunningRelease.SOON)
        .until(() -> listener.generation(model()) >= generation);
  }

  /// That it has written to what agents are made of.
  int patchesOfAgents(AuditLog.Mark since) {
    return plane
        .audit()
        .since(since)
        .writes()
        .only(one -> one.user().equals(release.user()))
        .on("deployments")
        .count();
  }
}
