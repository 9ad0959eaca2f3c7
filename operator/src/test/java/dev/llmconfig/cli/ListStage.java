package dev.llmconfig.cli;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who takes part in a story about lists of models: an operator or two, each with a database of its
/// own, a provider that counts what it is asked, and an engineer.
final class ListStage implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(40);
  static final String GOOD = "sk-proj-good-0123456789abcdef";
  static final int MODELS = 7;

  /// This one is shown two models.
  static final String SEES_TWO = "sk-proj-fx-OA01-0123456789abcdef";

  private static final String KEY = RunningOperator.newKey();

  final Path folder;
  final ControlPlane plane;
  final Kubectl kubectl;
  final Path data;
  final ConfigReader reader;
  Actor account;
  FakeProvider provider;

  ListStage(ControlPlane plane, Path folder) throws IOException {
    this.plane = plane;
    this.folder = folder;
    Crds.install(plane);
    account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    kubectl = plane.closedLater(Kubectl.admin());
    provider = FakeProvider.start();
    data = Files.createDirectory(folder.resolve("first"));
    reader = plane.closedLater(ConfigReader.of(data));
  }

  @Override
  public void close() {
    provider.close();
  }

  static PolicyRule[] rightsWithoutCreatingConfigMaps() {
    return Stream.of(RunningOperator.RIGHTS)
        .map(rule ->
            rule.getResources().contains("configmaps")
                ? new PolicyRuleBuilder(rule).removeFromVerbs("create", "patch").build()
                : rule)
        .toArray(PolicyRule[]::new);
  }

  RunningOperator start(Path directory, String... more) throws IOException {
    return RunningOperator.start(
        plane,
        account,
        KEY,
        Stream.concat(Stream.of("--data-dir", directory.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  void apply(String name, String key, String spec) throws IOException {
    apply(name, key, spec, consent(provider.url("/v1")));
  }

  static Map<String, String> consent(String url) {
    return Map.of(Annotations.ALLOWED_ENDPOINTS, url);
  }

  void apply(String name, String key, String spec, Map<String, String> annotations)
      throws IOException {
    apply(name, key, spec, annotations, provider.url("/v1"));
  }

  void apply(String name, String key, String spec, Map<String, String> annotations, String endpoint)
      throws IOException {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .withAnnotations(annotations)
                .endMetadata()
                .withStringData(Map.of("api-key", key))
                .build())
        .create();
    var file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ApiKeyConfig
        metadata: {name: %1$s, namespace: %2$s}
        spec:
          provider: OpenAI
          endpoint: %3$s
          allowInsecureEndpoint: true
          secretRef: {name: %1$s}
          %4$s
        """
            .formatted(name, plane.namespace(), endpoint, spec));
    kubectl.run("apply", "-f", file.toString());
  }

  void select(String name, String models) {
    kubectl.run(
        "patch",
        "apikeyconfig",
        name,
        "-n",
        plane.namespace(),
        "--type=merge",
        "-p",
        "{\"spec\":{\"models\":%s}}".formatted(models));
  }

  /// As if everything had been two days ago.
  void longAgo(String name) {
    var then = Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    kubectl.run(
        "patch",
        "apikeyconfig",
        name,
        "-n",
        plane.namespace(),
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"lastVerifiedTime\":\"%s\"}}".formatted(then));
    kubectl.run(
        "annotate",
        "--overwrite",
        "configmap",
        ManagedNames.factsConfigMap(name),
        "-n",
        plane.namespace(),
        Annotations.ASKED_AT + "=" + then);
  }

  /// The second one begins when the first one has ended, writes included.
  void awaitTwoReconciles(String name, AuditLog.Mark mark) {
    for (int round = 1; round <= 2; round++) {
      var expected = reads(name, mark) + 1;
      kubectl.run(
          "label",
          "--overwrite",
          "secret",
          name,
          "-n",
          plane.namespace(),
          "round=" + round + "-" + System.nanoTime());
      await("a reconcile of " + name).atMost(SOON).until(() -> reads(name, mark) >= expected);
    }
  }

  int reads(String secret, AuditLog.Mark mark) {
    return plane
        .audit()
        .since(mark)
        .by(account)
        .verb("get")
        .on("secrets")
        .only(request -> request.name().equals(secret))
        .count();
  }

  int writes(AuditLog.Mark mark) {
    return plane.audit().since(mark).by(account).writes().accepted().butLeases().count();
  }

  void awaitCount(String name, int models) {
    await(name + " to count " + models)
        .atMost(SOON)
        .until(() ->
            Optional.ofNullable(status(name).getModelCount())
                .filter(count -> count == models)
                .isPresent());
  }

  void awaitNote(String name, String reason) {
    await(name + " to note " + reason)
        .atMost(SOON)
        .until(() ->
            Objects.requireNonNullElse(status(name).getNotes(), List.<Note>of()).stream()
                .anyMatch(note -> reason.equals(note.getReason())));
  }

  void awaitReason(String name, String type, String reason) {
    await(name + " to say " + type + " " + reason)
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> condition(name, type).getReason().equals(reason));
  }

  void awaitList(ConfigReader from, String name, int models) {
    await("the list of " + name)
        .atMost(SOON)
        .ignoreException(MirrorUnavailable.class)
        .until(() -> ids(from, name).size() == models);
  }

  List<String> ids(ConfigReader from, String name) {
    return from.read(view ->
        view.models(ref(name)).stream()
            .flatMap(list -> list.models().stream())
            .map(OfferedModels.Model::id)
            .toList());
  }

  KeyRow row(String name) {
    return reader
        .<Optional<KeyRow>>read(view -> view.key(ref(name)).map(Stored::row))
        .orElseThrow();
  }

  Ref ref(String name) {
    return new Ref(plane.namespace(), name);
  }

  ConfigMap facts(String name) {
    return find(name).orElseThrow();
  }

  Optional<ConfigMap> find(String name) {
    return Optional.ofNullable(
        client()
            .configMaps()
            .inNamespace(plane.namespace())
            .withName(ManagedNames.factsConfigMap(name))
            .get());
  }

  /// What somebody else has put there besides is emptied, not taken away.
  static Map<String, String> content(ConfigMap map) {
    return map.getData().entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  String annotation(String name) {
    return facts(name).getMetadata().getAnnotations().getOrDefault(Annotations.ASKED_AT, "");
  }

  static String uid(ConfigMap map) {
    return map.getMetadata().getUid();
  }

  ApiKeyConfigStatus status(String name) {
    var status =
        client()
            .resources(ApiKeyConfig.class)
            .inNamespace(plane.namespace())
            .withName(name)
            .require()
            .getStatus();
    return Objects.requireNonNullElseGet(status, ApiKeyConfigStatus::new);
  }

  Condition condition(String name, String type) {
    return Objects.requireNonNullElse(status(name).getConditions(), List.<Condition>of()).stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  KubernetesClient client() {
    return plane.admin().client();
  }
}
