package dev.llmconfig.reconcile;

import dev.llmconfig.api.FieldManagers;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one writer of status. The framework's own way loses a spec change that arrives while the
/// write is in flight, and sends a request even when nothing changed.
final class StatusWriter {

  private static final PatchContext OURS =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FieldManagers.OPERATOR)
          // The status has one writer; whoever else wrote into it is overruled.
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final WritePermission permission;
  private final KubernetesSerialization json;

  StatusWriter(KubernetesClient client, WritePermission permission) {
    this.client = client;
    this.permission = permission;
    this.json = client.getKubernetesSerialization();
  }

  /// Whether a request was sent. The bare object has a name, a namespace and a status, so that
  /// nothing of the spec becomes ours (traps R30).
  <T, R extends CustomResource<?, T>> boolean write(R bare, @Nullable T before, T after) {
    if (Objects.equals(
        json.convertValue(before, Object.class), json.convertValue(after, Object.class))) {
      return false;
    }
    permission.check();
    bare.setStatus(after);
    client.resource(bare).subresource("status").patch(OURS);
    return true;
  }
}
