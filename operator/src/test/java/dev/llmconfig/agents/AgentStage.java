package dev.llmconfig.agents;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.Kubectl;
import dev.llmconfig.testing.Requests;
import dev.llmconfig.verify.Asking;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/// Who takes part in a story about agents: an engineer at a terminal, a provider, and the operator.
final class AgentStage implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(60);

  final ControlPlane plane;
  final Actor account;
  final FakeProvider provider = FakeProvider.start();
  final Kubectl kubectl = Kubectl.admin();
  final String ring = RunningOperator.newKey();
  private Optional<RunningOperator> operator = Optional.empty();

  private AgentStage(ControlPlane plane, Actor account) {
    this.plane = plane;
    this.account = account;
    Crds.install(plane);
  }

  static AgentStage set(ControlPlane plane) {
    return new AgentStage(plane, RunningOperator.account(plane));
  }

  /// Where the operator has its rights in other namespaces, too.
  static AgentStage everywhere(ControlPlane plane) {
    return new AgentStage(plane, RunningOperator.clusterAccount(plane));
  }

  AgentStage start(String... flags) throws IOException {
    return start(account.client().getConfiguration(), flags);
  }

  /// Where the way to the API server is as bad as a test wants it.
  AgentStage start(FaultProxy way) throws IOException {
    return start(account.through(way).client().getConfiguration());
  }

  private AgentStage start(Config api, String... flags) throws IOException {
    var network =
        new NetworkTransport(Limits.STANDARD, AddressRules.STANDARD, Egress.DIRECT, Lookup.SYSTEM);
    var prober = new Prober(network, Limits.STANDARD, InstantSource.system());
    operator =
        Optional.of(
            RunningOperator.start(plane, api, Asking.through(prober), network, ring, flags));
    return this;
  }

  void stop() {
    operator.ifPresent(RunningOperator::close);
    operator = Optional.empty();
  }

  void restart() throws IOException {
    stop();
    start();
  }

  RunningOperator operator() {
    return operator.orElseThrow();
  }

  @Override
  public void close() throws IOException {
    stop();
    provider.close();
    kubectl.close();
  }

  // What is in Git.

  String place(String key) {
    return provider.url("/" + key + "/v1");
  }

  String key(String name) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: %1$s, namespace: %2$s}
    spec:
      provider: OpenAI
      endpoint: %3$s
      allowInsecureEndpoint: true
      secretRef: {name: %1$s, key: api-key}
    """
        .formatted(name, plane.namespace(), place(name));
  }

  String secret(String name, String key) {
    return """
    apiVersion: v1
    kind: Secret
    metadata:
      name: %1$s
      namespace: %2$s
      annotations: {llmconfig.dev/allowed-endpoints: "%3$s"}
    stringData: {api-key: "%4$s"}
    """
        .formatted(name, plane.namespace(), place(name), key);
  }

  String model(String name, String key, String model, String... more) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ModelConfig
    metadata: {name: %s, namespace: %s}
    spec:
      apiKeyRef: {name: %s}
      model: %s
    """
            .formatted(name, plane.namespace(), key, model)
        + String.join("", List.of(more).stream().map(line -> "  " + line + "\n").toList());
  }

  /// An agent with a variable of its own.
  String agent(String name, String modelConfig, String... podLabels) {
    return workload("Deployment", name, modelConfig, podLabels);
  }

  String workload(String kind, String name, String modelConfig, String... podLabels) {
    var label = modelConfig.isEmpty() ? "{}" : "{llmconfig.dev/model-config: " + modelConfig + "}";
    var more = podLabels.length == 0 ? "" : ", " + String.join(", ", podLabels);
    var only =
        switch (kind) {
          case "Deployment" -> "progressDeadlineSeconds: 5";
          case "StatefulSet" -> "serviceName: " + name;
          default -> "minReadySeconds: 0";
        };
    return """
    apiVersion: apps/v1
    kind: %1$s
    metadata: {name: %2$s, namespace: %3$s, labels: %4$s}
    spec:
      %6$s
      selector: {matchLabels: {app: %2$s}}
      template:
        metadata: {labels: {app: %2$s%5$s}}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - {name: agent, image: "example.com/agent:1", env: [{name: OWN, value: mine}]}
    """
        .formatted(kind, name, plane.namespace(), label, more, only);
  }

  // The engineer.

  void apply(String... yaml) {
    kubectl.apply(String.join("---\n", yaml));
  }

  String run(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.add("--namespace=" + plane.namespace());
    return kubectl.run(all.toArray(String[]::new));
  }

  /// As `kubectl wait` sees it.
  void waitFor(String model, String condition) {
    run(
        "wait",
        "--for=condition=" + condition,
        "--timeout=" + SOON.toSeconds() + "s",
        "mcfg/" + model);
  }

  /// What is kept of the provider's list says this of the model from now on.
  void list(String key, String model, String facts) {
    client()
        .configMaps()
        .inNamespace(plane.namespace())
        .withName(ManagedNames.factsConfigMap(key))
        .edit(map ->
            new ConfigMapBuilder(map)
                .addToData(
                    ManagedNames.MODELS,
                    Objects.requireNonNull(map.getData().get(ManagedNames.MODELS))
                        .replace("\"" + model + "\":{}", "\"" + model + "\":" + facts))
                .build());
  }

  /// No pod more than there is: what is rolled now does not become ready.
  void noMorePods() {
    var pods = client().pods().inNamespace(plane.namespace()).list().getItems().size();
    run("create", "quota", "full", "--hard=pods=" + pods);
  }

  void morePods() {
    run("delete", "quota", "full");
  }

  // What can be seen.

  AuditLog.Mark mark() {
    return plane.audit().mark();
  }

  /// What the operator has written since; who came too late has written nothing.
  Requests written(AuditLog.Mark since) {
    return plane.audit().since(since).by(account).writes().accepted();
  }

  /// To one workload.
  int patches(AuditLog.Mark since, String agent) {
    return written(since)
        .only(one -> one.verb().equals("patch") && one.name().equals(agent))
        .only(one ->
            List.of("deployments", "statefulsets", "daemonsets", "cronjobs")
                .contains(one.resource()))
        .count();
  }

  KubernetesClient client() {
    return plane.admin().client();
  }

  Deployment deployment(String name) {
    return client().apps().deployments().inNamespace(plane.namespace()).withName(name).require();
  }

  ModelConfig get(String name) {
    return client()
        .resources(ModelConfig.class)
        .inNamespace(plane.namespace())
        .withName(name)
        .require();
  }

  ModelConfigStatus status(String name) {
    return Objects.requireNonNull(get(name).getStatus());
  }

  /// Such as `400000 128000`: the window, and the longest answer.
  String resolved(String name) {
    var resolved = Objects.requireNonNull(status(name).getResolved());
    return resolved.getContextTokens() + " " + resolved.getMaxOutputTokens();
  }

  /// Such as `2/3`.
  String served(String name) {
    return Objects.requireNonNullElse(status(name).getAgents(), "");
  }

  String revision(String name) {
    return Objects.requireNonNullElse(status(name).getRevision(), "");
  }

  /// Whether the operator has looked at it as it is.
  boolean seen(String name) {
    var object = get(name);
    return object.getStatus() != null
        && Objects.equals(
            object.getStatus().getObservedGeneration(), object.getMetadata().getGeneration());
  }

  Optional<Condition> condition(String name, String type) {
    return Optional.ofNullable(get(name).getStatus())
        .flatMap(status -> Optional.ofNullable(status.getConditions()))
        .flatMap(all -> all.stream().filter(one -> one.getType().equals(type)).findFirst());
  }

  String says(String name, String type) {
    return condition(name, type).map(one -> one.getStatus() + " " + one.getReason()).orElse("");
  }

  String message(String name, String type) {
    return condition(name, type).map(Condition::getMessage).orElse("");
  }

  /// Of what is declared now: a status may be a moment behind.
  void awaits(String name, String type, String says) {
    awaits(
        name + " to say " + type + " " + says, () -> seen(name) && says(name, type).equals(says));
  }

  /// As Prometheus sees the replica.
  void awaitsMetrics(String... lines) {
    awaits(
        "the metrics " + List.of(lines),
        () -> operator().get("/metrics").body().lines().toList().containsAll(List.of(lines)));
  }

  /// What does not come is told with all that is there.
  void awaits(String what, Callable<Boolean> condition) {
    try {
      await(what)
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(condition);
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(
          what + " did not come. " + run("get", "mcfg,akc,deploy,sts,ds,events", "-o", "yaml"),
          late);
    }
  }

  /// What the agent's container has, but for what is its owner's: a key by the name of its Secret.
  Map<String, String> given(String agent) {
    return given(deployment(agent));
  }

  static Map<String, String> given(Deployment agent) {
    var given = new TreeMap<String, String>();
    for (EnvVar variable : container(agent)) {
      if (!variable.getName().equals("OWN")) {
        given.put(
            variable.getName(),
            variable.getValueFrom() == null
                ? variable.getValue()
                : "@" + variable.getValueFrom().getSecretKeyRef().getName());
      }
    }
    return given;
  }

  private static List<EnvVar> container(Deployment agent) {
    return agent.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv();
  }

  long generation(String agent) {
    return deployment(agent).getMetadata().getGeneration();
  }

  String keyRevision(String key) {
    return Objects.requireNonNullElse(
        client()
            .resources(ApiKeyConfig.class)
            .inNamespace(plane.namespace())
            .withName(key)
            .require()
            .getStatus()
            .getRevision(),
        "");
  }

  Optional<Secret> find(String name) {
    return Optional.ofNullable(
        client().secrets().inNamespace(plane.namespace()).withName(name).get());
  }

  Optional<String> label(HasMetadata object, String name) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(name)));
  }
}
