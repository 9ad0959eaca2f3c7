package dev.llmconfig.guest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A workload as it was observed: what a guest must look at before it writes.
///
/// @param managed `metadata.managedFields`, whole; a cache that prunes them makes every field
///   nobody's
public record Workload(
    WorkloadKind kind,
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    Map<String, String> labels,
    List<ManagedFieldsEntry> managed,
    PodTemplateSpec template) {

  public Workload {
    labels = Map.copyOf(labels);
    managed = List.copyOf(managed);
  }

  /// Of a workload that the API server has sent.
  public static Workload of(HasMetadata object) {
    return switch (object) {
      case Deployment one -> of(WorkloadKind.Deployment, one, one.getSpec().getTemplate());
      case StatefulSet one -> of(WorkloadKind.StatefulSet, one, one.getSpec().getTemplate());
      case DaemonSet one -> of(WorkloadKind.DaemonSet, one, one.getSpec().getTemplate());
      case CronJob one ->
          of(WorkloadKind.CronJob, one, one.getSpec().getJobTemplate().getSpec().getTemplate());
      default -> throw new IllegalArgumentException(object.getKind() + " is no workload");
    };
  }

  private static Workload of(WorkloadKind kind, HasMetadata object, PodTemplateSpec template) {
    ObjectMeta metadata = object.getMetadata();
    return new Workload(
        kind,
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        metadata.getResourceVersion(),
        Objects.requireNonNullElse(metadata.getLabels(), Map.of()),
        Objects.requireNonNullElse(metadata.getManagedFields(), List.of()),
        template);
  }

  /// Nobody's writes are recorded on it: its managedFields were cleared. Whoever patches such a
  /// workload reads it anew first, lest a pruned cache is taken for the truth.
  public boolean unrecorded() {
    return managed.isEmpty();
  }

  public Optional<String> templateAnnotation(String name) {
    return Optional.ofNullable(template.getMetadata())
        .flatMap(metadata -> Optional.ofNullable(metadata.getAnnotations()))
        .flatMap(annotations -> Optional.ofNullable(annotations.get(name)));
  }

  PodSpec pod() {
    return template.getSpec();
  }

  List<Container> containers() {
    return pod().getContainers();
  }
}
