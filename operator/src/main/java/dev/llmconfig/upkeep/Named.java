package dev.llmconfig.upkeep;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The Secrets and ConfigMaps of a namespace that a pod needs at its next start, each with one who
/// names it. A ReplicaSet of old counts as well: `rollout undo` brings it back (traps R48).
final class Named {

  /// An object that can be named by a pod.
  record Thing(String kind, String name) {}

  private final Map<Thing, String> by = new HashMap<>();

  static Named in(KubernetesClient client, String namespace) {
    var named = new Named();
    var apps = client.apps();
    var batch = client.batch().v1();
    Pages.each(apps.deployments().inNamespace(namespace), named::look);
    Pages.each(apps.statefulSets().inNamespace(namespace), named::look);
    Pages.each(apps.daemonSets().inNamespace(namespace), named::look);
    Pages.each(apps.replicaSets().inNamespace(namespace), named::look);
    Pages.each(batch.cronjobs().inNamespace(namespace), named::look);
    Pages.each(batch.jobs().inNamespace(namespace), named::look);
    Pages.each(client.pods().inNamespace(namespace), named::look);
    return named;
  }

  /// Who names it; empty for nobody.
  Optional<String> who(String kind, String name) {
    return Optional.ofNullable(by.get(new Thing(kind, name)));
  }

  private void look(HasMetadata object) {
    spec(object)
        .ifPresent(spec -> {
          var who = object.getKind() + " " + object.getMetadata().getName();
          things(spec).forEach(thing -> by.putIfAbsent(thing, who));
        });
  }

  private static Optional<PodSpec> spec(HasMetadata object) {
    return Optional.ofNullable(
        switch (object) {
          case Deployment one -> one.getSpec().getTemplate().getSpec();
          case StatefulSet one -> one.getSpec().getTemplate().getSpec();
          case DaemonSet one -> one.getSpec().getTemplate().getSpec();
          case ReplicaSet one -> one.getSpec().getTemplate().getSpec();
          case Job one -> one.getSpec().getTemplate().getSpec();
          case CronJob one -> one.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
          case Pod one -> one.getSpec();
          default -> null;
        });
  }

  static Stream<Thing> things(PodSpec spec) {
    return Stream.concat(
        Stream.of(spec.getContainers(), spec.getInitContainers())
            .flatMap(Named::all)
            .flatMap(Named::things),
        all(spec.getVolumes()).flatMap(Named::things));
  }

  private static Stream<Thing> things(Container container) {
    return Stream.concat(
        all(container.getEnv()).flatMap(Named::things),
        all(container.getEnvFrom())
            .flatMap(from ->
                Stream.concat(
                    Stream.ofNullable(from.getSecretRef()).map(ref -> secret(ref.getName())),
                    Stream.ofNullable(from.getConfigMapRef())
                        .map(ref -> configMap(ref.getName())))));
  }

  private static Stream<Thing> things(EnvVar variable) {
    @Nullable EnvVarSource from = variable.getValueFrom();
    return from == null
        ? Stream.empty()
        : Stream.concat(
            Stream.ofNullable(from.getSecretKeyRef()).map(ref -> secret(ref.getName())),
            Stream.ofNullable(from.getConfigMapKeyRef()).map(ref -> configMap(ref.getName())));
  }

  private static Stream<Thing> things(Volume volume) {
    return Stream.of(
            Stream.ofNullable(volume.getSecret()).map(one -> secret(one.getSecretName())),
            Stream.ofNullable(volume.getConfigMap()).map(one -> configMap(one.getName())),
            Stream.ofNullable(volume.getProjected())
                .flatMap(projected -> all(projected.getSources()))
                .flatMap(source ->
                    Stream.concat(
                        Stream.ofNullable(source.getSecret()).map(one -> secret(one.getName())),
                        Stream.ofNullable(source.getConfigMap())
                            .map(one -> configMap(one.getName())))))
        .flatMap(found -> found);
  }

  private static Thing secret(String name) {
    return new Thing("Secret", name);
  }

  private static Thing configMap(String name) {
    return new Thing("ConfigMap", name);
  }

  private static <T> Stream<T> all(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.<T>of()).stream();
  }
}
