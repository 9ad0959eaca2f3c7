package dev.llmconfig.mirror;

import dev.llmconfig.guest.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Workloads without what no row is made of: what their pods run, which may hold anything and is
/// most of them, and whose the fields are that settings never touch.
final class AgentCache<T extends HasMetadata> extends BasicItemStore<T> {

  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  AgentCache() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public @Nullable T put(String key, T workload) {
    var meta = workload.getMetadata();
    template(workload)
        .filter(template -> template.getSpec() != null)
        .ifPresent(template -> template.setSpec(new AgentSketch(Workload.of(workload)).pod()));
    if (meta.getManagedFields() != null) {
      meta.getManagedFields().forEach(AgentCache::withoutFields);
    }
    if (meta.getAnnotations() != null) {
      meta.getAnnotations().remove(LAST_APPLIED);
    }
    return super.put(key, workload);
  }

  private static void withoutFields(ManagedFieldsEntry entry) {
    entry.setFieldsV1(FieldRecords.of(entry.getFieldsV1()));
  }

  private static Optional<PodTemplateSpec> template(HasMetadata workload) {
    return Optional.ofNullable(
        switch (workload) {
          case Deployment one -> one.getSpec().getTemplate();
          case StatefulSet one -> one.getSpec().getTemplate();
          case DaemonSet one -> one.getSpec().getTemplate();
          case CronJob one -> one.getSpec().getJobTemplate().getSpec().getTemplate();
          default -> null;
        });
  }
}
