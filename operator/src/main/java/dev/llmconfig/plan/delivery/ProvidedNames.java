package dev.llmconfig.plan.delivery;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What of ours a pod template names, wherever it does: Secrets with a key, and ConfigMaps with
/// files.
public final class ProvidedNames {

  private static final Pattern DELIVERED = Pattern.compile("(.+)-llmkey-(r-[0-9a-f]{10})");

  private static final Pattern FILES = Pattern.compile(".+-llm-d-[0-9a-f]{10}");

  private ProvidedNames() {}

  /// Secrets and ConfigMaps.
  public static Stream<String> in(PodTemplateSpec template) {
    return Stream.concat(
            secrets(template.getSpec()),
            template.getSpec().getVolumes().stream().flatMap(ProvidedNames::configMaps))
        .distinct();
  }

  /// Secrets with one revision of a key.
  static Stream<String> keys(PodTemplateSpec template) {
    return secrets(template.getSpec()).filter(name -> DELIVERED.matcher(name).matches()).distinct();
  }

  /// ConfigMaps with files of one rendering.
  static Stream<String> files(PodTemplateSpec template) {
    return template.getSpec().getVolumes().stream()
        .flatMap(ProvidedNames::configMaps)
        .filter(name -> FILES.matcher(name).matches())
        .distinct();
  }

  private static Stream<String> secrets(PodSpec pod) {
    return Stream.concat(variables(pod), pod.getVolumes().stream().flatMap(ProvidedNames::mounted))
        .filter(Objects::nonNull);
  }

  private static Stream<String> configMaps(Volume volume) {
    return volume.getProjected() == null
        ? Stream.empty()
        : volume.getProjected().getSources().stream()
            .filter(source -> source.getConfigMap() != null)
            .map(source -> source.getConfigMap().getName())
            .filter(Objects::nonNull);
  }

  /// What has to be there under this name.
  static Need.Key need(String name) {
    var parts = DELIVERED.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException(name + " names no delivered Secret");
    }
    return new Need.Key(name, parts.group(1), parts.group(2));
  }

  /// The other sources of `envFrom` in containers that read this Secret, such as `ConfigMap chat`.
  public static Stream<String> beside(String secret, PodTemplateSpec template) {
    return template.getSpec().getContainers().stream()
        .map(Container::getEnvFrom)
        .filter(sources -> sources.stream().anyMatch(one -> is(one, secret)))
        .flatMap(List::stream)
        .filter(one -> !is(one, secret))
        .flatMap(one -> source(one).stream());
  }

  /// The ConfigMaps that containers read by `envFrom`, such as `ConfigMap chat`. No Secrets: those
  /// of agents that do not read ours are none of our business.
  public static Stream<String> maps(PodTemplateSpec template) {
    return template.getSpec().getContainers().stream()
        .map(Container::getEnvFrom)
        .flatMap(List::stream)
        .filter(one -> one.getConfigMapRef() != null)
        .flatMap(one -> source(one).stream());
  }

  static boolean is(EnvFromSource source, String secret) {
    return source.getSecretRef() != null && secret.equals(source.getSecretRef().getName());
  }

  /// Such as `ConfigMap chat`.
  static Optional<String> source(EnvFromSource source) {
    return Optional.ofNullable(source.getSecretRef())
        .map(ref -> "Secret " + ref.getName())
        .or(() ->
            Optional.ofNullable(source.getConfigMapRef()).map(ref -> "ConfigMap " + ref.getName()));
  }

  private static Stream<String> variables(PodSpec pod) {
    return Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
        .flatMap(ProvidedNames::variables);
  }

  private static Stream<String> variables(Container container) {
    return Stream.concat(
        container.getEnv().stream()
            .map(EnvVar::getValueFrom)
            .filter(from -> from != null && from.getSecretKeyRef() != null)
            .map(from -> from.getSecretKeyRef().getName()),
        container.getEnvFrom().stream()
            .filter(from -> from.getSecretRef() != null)
            .map(from -> from.getSecretRef().getName()));
  }

  private static Stream<String> mounted(Volume volume) {
    var own =
        volume.getSecret() == null
            ? Stream.<String>empty()
            : Stream.of(volume.getSecret().getSecretName());
    var projected =
        volume.getProjected() == null
            ? Stream.<String>empty()
            : volume.getProjected().getSources().stream()
                .filter(source -> source.getSecret() != null)
                .map(source -> source.getSecret().getName());
    return Stream.concat(own, projected).filter(Objects::nonNull);
  }
}
