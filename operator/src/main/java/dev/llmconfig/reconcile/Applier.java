package dev.llmconfig.reconcile;

import dev.llmconfig.api.FieldManagers;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;

/// Writes what was planned, while the lease is held. What is ours is written by server-side apply.
final class Applier {

  private final KubernetesClient client;
  private final WritePermission permission;

  Applier(KubernetesClient client, WritePermission permission) {
    this.client = client;
    this.permission = permission;
  }

  /// The version in the object locks the write. Of an object of ours every field is ours, so who
  /// edited it is overruled; a foreign object cannot be taken over, because the type of a Secret
  /// never changes.
  Secret apply(Secret secret) {
    permission.check();
    if (secret.getMetadata().getResourceVersion() == null) {
      // A bare create cannot overrule what another leader has made in the meantime.
      return client.resource(secret).create();
    }
    return client
        .resource(secret)
        .fieldManager(FieldManagers.OPERATOR)
        .forceConflicts()
        .serverSideApply();
  }

  /// Only the very object that was looked at: somebody may have made another one of that name.
  void delete(Secret secret) {
    permission.check();
    client.resource(secret).lockResourceVersion(secret.getMetadata().getResourceVersion()).delete();
  }
}
