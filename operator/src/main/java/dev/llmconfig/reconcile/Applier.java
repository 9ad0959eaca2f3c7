package dev.llmconfig.reconcile;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.KeyUse;
import dev.llmconfig.plan.delivery.WorkloadWrite;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Map;

/// Writes what was planned, while the lease is held. What is ours is written by server-side apply.
final class Applier {

  /// The field manager is ours, and nothing else in the object becomes so.
  private static final PatchContext METADATA =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(FieldManagers.OPERATOR)
          .build();

  private static final PatchContext GUEST =
      new PatchContext.Builder()
          .withPatchType(PatchType.STRATEGIC_MERGE)
          .withFieldManager(FieldManagers.OPERATOR)
          .build();

  private final KubernetesClient client;
  private final WritePermission permission;

  Applier(KubernetesClient client, WritePermission permission) {
    this.client = client;
    this.permission = permission;
  }

  /// The version in the object locks the write. Of an object of ours every field is ours, so who
  /// edited it is overruled; whether it is ours was looked at before.
  <T extends HasMetadata> T apply(T object) {
    permission.check();
    if (object.getMetadata().getResourceVersion() == null) {
      // A bare create cannot overrule what another leader has made in the meantime.
      return client.resource(object).create();
    }
    return client
        .resource(object)
        .fieldManager(FieldManagers.OPERATOR)
        .forceConflicts()
        .serverSideApply();
  }

  /// Sets our finalizer or takes it away, and leaves those of others as they were seen: the version
  /// locks the write. Taken by server-side apply it would stay where somebody else has become its
  /// owner, too, as whoever restores a backup does.
  ///
  /// @return the object as it is then
  <R extends HasMetadata> R guard(R seen, KeyUse.Guard guard) {
    try {
      return guarded(seen, guard);
    } catch (KubernetesClientException changed) {
      if (changed.getCode() != 409) {
        throw changed;
      }
      // Mostly by our own status, which the watch has not shown yet.
      var now = client.resource(seen).get();
      if (now == null || !now.getMetadata().getUid().equals(seen.getMetadata().getUid())) {
        throw changed;
      }
      return guarded(now, guard);
    }
  }

  private <R extends HasMetadata> R guarded(R seen, KeyUse.Guard guard) {
    var meta = seen.getMetadata();
    var finalizers = new ArrayList<>(meta.getFinalizers());
    var changes =
        switch (guard) {
          case KEEP -> false;
          case SET ->
              !finalizers.contains(ApiGroup.FINALIZER)
                  && !seen.isMarkedForDeletion()
                  && finalizers.add(ApiGroup.FINALIZER);
          case LIFT -> finalizers.remove(ApiGroup.FINALIZER);
        };
    if (!changes) {
      return seen;
    }
    permission.check();
    var change = Map.of("resourceVersion", meta.getResourceVersion(), "finalizers", finalizers);
    return client
        .resource(seen)
        .patch(METADATA, client.getKubernetesSerialization().asJson(Map.of("metadata", change)));
  }

  /// A guest's patch: it names only what is ours, and fails when the workload has changed since it
  /// was observed.
  HasMetadata patch(WorkloadWrite write) {
    permission.check();
    if (Workload.of(write.object()).unrecorded() && recorded(write.object())) {
      throw new KubernetesClientException(
          "the copy at hand of this workload has no managedFields, and the original has",
          409,
          null);
    }
    return client.resource(write.object()).patch(GUEST, write.body());
  }

  /// Written over by the little that we know, the records of everybody else would be gone.
  private boolean recorded(HasMetadata workload) {
    var original = client.resource(workload).get();
    return original != null && !original.getMetadata().getManagedFields().isEmpty();
  }

  /// Takes the owner from a Secret of ours.
  void disown(ObjectMeta secret) {
    permission.check();
    client
        .secrets()
        .inNamespace(secret.getNamespace())
        .withName(secret.getName())
        .patch(
            METADATA,
            """
            {"metadata": {"uid": "%s", "ownerReferences": null}}
            """
                .formatted(secret.getUid()));
  }

  /// Changes an object of ours whose content others may have changed, too: the change names the
  /// version that was looked at.
  Secret change(Secret seen, String change) {
    permission.check();
    return client.resource(seen).patch(METADATA, change);
  }

  /// Made and never changed; a bare create overrules nobody.
  <R extends HasMetadata> R create(R object) {
    permission.check();
    return client.resource(object).create();
  }

  /// Only the very object that was looked at: somebody may have made another one of that name.
  void delete(HasMetadata object) {
    permission.check();
    client.resource(object).lockResourceVersion(object.getMetadata().getResourceVersion()).delete();
  }

  /// As [#delete], where somebody may have been faster.
  void deleteIfThere(HasMetadata object) {
    try {
      delete(object);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != 404) {
        throw refused;
      }
    }
  }

  /// Takes away what `kubectl apply` has left on a Secret of a user, if it is still as it was seen;
  /// nothing else of it is touched.
  ///
  /// @return false where the right to do so is missing
  boolean strip(ObjectMeta secret) {
    permission.check();
    try {
      client
          .secrets()
          .inNamespace(secret.getNamespace())
          .withName(secret.getName())
          .patch(
              METADATA,
              """
              {"metadata": {"resourceVersion": "%s", "annotations": {"%s": null}}}
              """
                  .formatted(secret.getResourceVersion(), LastApplied.ANNOTATION));
    } catch (KubernetesClientException refused) {
      switch (refused.getCode()) {
        case 403 -> {
          return false;
        }
        case 404 -> {} // it is gone, and the annotation with it
        default -> throw refused;
      }
    }
    return true;
  }
}
