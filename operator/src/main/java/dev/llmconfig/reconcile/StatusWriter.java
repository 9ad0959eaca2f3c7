package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.llmconfig.api.FieldManagers;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The one writer of status of one kind. The framework's own way loses a spec change that arrives
/// while the write is in flight, and sends a request even when nothing changed.
final class StatusWriter<T, R extends CustomResource<?, T>> {

  private static final PatchContext OURS =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FieldManagers.OPERATOR)
          // The status has one writer; whoever else wrote into it is overruled.
          .withForce(true)
          .build();

  private record Written<T>(String resourceVersion, T status) {}

  private final KubernetesClient client;
  private final WritePermission permission;
  private final KubernetesSerialization json;

  /// What was written and is not in the cache yet, by uid. The answer must not be put into the
  /// framework's cache, which would take a spec change in it for our own.
  private final Map<String, Written<T>> ahead = new ConcurrentHashMap<>();

  StatusWriter(KubernetesClient client, WritePermission permission) {
    this.client = client;
    this.permission = permission;
    this.json = client.getKubernetesSerialization();
  }

  /// The status as it is: the cache may not have seen our last write, and what is compared with an
  /// older one would not be written back.
  @Nullable T latest(R cached) {
    var meta = cached.getMetadata();
    var written = ahead.get(meta.getUid());
    if (written == null) {
      return cached.getStatus();
    }
    if (older(meta.getResourceVersion(), written.resourceVersion)) {
      return written.status;
    }
    ahead.remove(meta.getUid(), written);
    return cached.getStatus();
  }

  /// The object as it was answered, or nothing when no request was sent. The bare object has a
  /// name, a namespace and a status, so that nothing of the spec becomes ours (traps R30).
  Optional<R> write(R cached, R bare, @Nullable T before, T after) {
    if (tree(before).equals(StatusWriter::compare, tree(after))) {
      return Optional.empty();
    }
    permission.check();
    bare.setStatus(after);
    // A write that was on its way while this process was frozen must not overrule a newer one.
    bare.getMetadata().setResourceVersion(newest(cached.getMetadata()));
    R answer;
    try {
      answer = client.resource(bare).subresource("status").patch(OURS);
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == 404) {
        // It was deleted in the meantime, and nobody is left to be told anything.
        ahead.remove(cached.getMetadata().getUid());
        return Optional.empty();
      }
      throw failed;
    }
    ahead.put(
        cached.getMetadata().getUid(),
        new Written<>(answer.getMetadata().getResourceVersion(), after));
    return Optional.of(answer);
  }

  /// What was remembered of an object that is gone.
  void forget(R gone) {
    ahead.remove(gone.getMetadata().getUid());
  }

  private JsonNode tree(@Nullable T status) {
    return status == null ? NullNode.instance : json.convertValue(status, JsonNode.class);
  }

  /// A number that was read is of another class than the same number that was declared.
  private static int compare(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue())
        : one.equals(other) ? 0 : 1;
  }

  private String newest(ObjectMeta cached) {
    var written = ahead.get(cached.getUid());
    return written == null || older(written.resourceVersion, cached.getResourceVersion())
        ? cached.getResourceVersion()
        : written.resourceVersion;
  }

  private static boolean older(String one, String other) {
    return Long.parseLong(one) < Long.parseLong(other);
  }
}
