package dev.llmconfig.cli;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A platform engineer who works with keys in one namespace, by kubectl, and looks at what became
/// of them.
final class KeyFolk {

  static final Duration SOON = Duration.ofSeconds(40);

  private final KubernetesClient client;
  private final Kubectl kubectl;
  private final Path folder;
  private final String namespace;

  KeyFolk(ControlPlane plane, Kubectl kubectl, Path folder, String namespace) {
    this.client = plane.admin().client();
    this.kubectl = kubectl;
    this.folder = folder;
    this.namespace = namespace;
  }

  String kubectl(String... arguments) {
    var words = new ArrayList<>(List.of(arguments));
    words.add("--namespace=" + namespace);
    return kubectl.run(words.toArray(String[]::new));
  }

  /// `kubectl apply` of what Git holds.
  void apply(String yaml, String... options) {
    var words = new ArrayList<>(List.of("apply", "-f", file(yaml)));
    words.addAll(List.of(options));
    kubectl(words.toArray(String[]::new));
  }

  /// A key of a plain Secret, which no provider is asked about.
  void key(String name) {
    secret(name, "sk-" + name + "-0123456789abcdef");
    apply(unverified(name));
  }

  void secret(String name, String key) {
    apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s}
        stringData: {api-key: "%s"}
        """
            .formatted(name, key),
        "--server-side",
        "--force-conflicts");
  }

  static String unverified(String name) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: %1$s}
    spec:
      provider: OpenAI
      secretRef: {name: %1$s, key: api-key}
      verification: {mode: Disabled}
      models: {discovery: Disabled}
    """
        .formatted(name);
  }

  void model(String name, String key) {
    apply(
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ModelConfig
        metadata: {name: %s}
        spec: {apiKeyRef: {name: %s}, model: gpt-5-mini}
        """
            .formatted(name, key));
  }

  void delete(String kind, String... names) {
    var words = new ArrayList<>(List.of("delete", kind, "--wait=false"));
    words.addAll(List.of(names));
    kubectl(words.toArray(String[]::new));
  }

  Optional<ApiKeyConfig> find(String name) {
    return Optional.ofNullable(
        client.resources(ApiKeyConfig.class).inNamespace(namespace).withName(name).get());
  }

  Optional<Secret> findSecret(String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  List<String> finalizers(String name) {
    return find(name).orElseThrow().getMetadata().getFinalizers();
  }

  Condition condition(String name, String type) {
    return Objects.requireNonNull(find(name).orElseThrow().getStatus().getConditions()).stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  void awaitReady(String name, String reason) {
    await(name + " to say Ready " + reason)
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> condition(name, "Ready").getReason().equals(reason));
  }

  void awaitGone(String name) {
    await(name + " to be gone").atMost(SOON).until(() -> find(name).isEmpty());
  }

  void awaitFinalizers(String name, String... finalizers) {
    await(name + " to have finalizers " + List.of(finalizers))
        .atMost(SOON)
        .until(() -> finalizers(name).equals(List.of(finalizers)));
  }

  /// The events of that reason about an object of that name.
  List<Event> events(String reason, String name) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> reason.equals(event.getReason()))
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .toList();
  }

  private String file(String yaml) {
    try {
      return Files.writeString(Files.createTempFile(folder, "git", ".yaml"), yaml).toString();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
