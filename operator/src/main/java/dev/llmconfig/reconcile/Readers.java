package dev.llmconfig.reconcile;

import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.delivery.ProvidedNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;

/// Who names a Secret in a pod template, label or none: the API server is asked, because whoever
/// reads a Secret by its own manifest need bear nothing of ours.
final class Readers {

  private Readers() {}

  /// Such as `Deployment chat`.
  static Stream<String> of(KubernetesClient client, HasMetadata secret) {
    var namespace = secret.getMetadata().getNamespace();
    var name = secret.getMetadata().getName();
    return Stream.<List<? extends HasMetadata>>of(
            client.apps().deployments().inNamespace(namespace).list().getItems(),
            client.apps().statefulSets().inNamespace(namespace).list().getItems(),
            client.apps().daemonSets().inNamespace(namespace).list().getItems(),
            client.batch().v1().cronjobs().inNamespace(namespace).list().getItems())
        .flatMap(List::stream)
        .filter(one -> one.getMetadata().getDeletionTimestamp() == null)
        .filter(one -> ProvidedNames.in(Workload.of(one).template()).anyMatch(name::equals))
        .map(one -> one.getKind() + " " + one.getMetadata().getName());
  }
}
