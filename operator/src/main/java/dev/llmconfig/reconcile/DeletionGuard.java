package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.KeyUse;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// Writes the finalizer that keeps a key in use.
final class DeletionGuard {

  private final Applier applier;
  private final Complaints complaints =
      new Complaints("A key in use is not guarded; give the account patch on apikeyconfigs");

  DeletionGuard(Applier applier) {
    this.applier = applier;
  }

  /// The key works without its guard: a right that is missing to set it is said, and takes nothing
  /// else with it.
  ///
  /// @param latest as it was seen last: the write is locked by its version
  void apply(ApiKeyConfig latest, KeyUse use) {
    try {
      applier.guard(latest, use.guard());
      complaints.settled(use.key());
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == 404) {
        return; // it is gone by now
      }
      if (refused.getCode() != 403 || use.guard() != KeyUse.Guard.SET) {
        throw refused;
      }
      complaints.about(use.key(), refused);
    }
  }

  void forget(Ref gone) {
    complaints.settled(gone);
  }
}
