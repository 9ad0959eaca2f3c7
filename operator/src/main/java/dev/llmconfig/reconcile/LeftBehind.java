package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import io.fabric8.kubernetes.client.KubernetesClient;

/// A key that is deleted by force takes nothing from running agents: what they were pointed at
/// loses its owner, so that it is not collected with it, and is swept when nobody names it.
final class LeftBehind {

  private final KubernetesClient metadata;
  private final Applier applier;

  LeftBehind(KubernetesClient metadata, Applier applier) {
    this.metadata = metadata;
    this.applier = applier;
  }

  /// Whether there was anything to leave.
  boolean leave(ApiKeyConfig key) {
    var prefix = ManagedNames.encryptedSecret(key.getMetadata().getName()) + "-r-";
    var delivered =
        metadata
            .secrets()
            .inNamespace(key.getMetadata().getNamespace())
            .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
            .withLabel(Labels.API_KEY, key.getMetadata().getName())
            .list()
            .getItems()
            .stream()
            .filter(one -> one.getMetadata().getName().startsWith(prefix))
            .toList();
    delivered.forEach(one -> applier.disown(one.getMetadata()));
    return !delivered.isEmpty();
  }
}
