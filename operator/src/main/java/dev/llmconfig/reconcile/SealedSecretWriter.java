package dev.llmconfig.reconcile;

import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.SealedSecret;
import dev.llmconfig.plan.SealedSeen;
import dev.llmconfig.plan.SealedStep;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does to the SealedSecret of a key what was planned, while the lease is held.
final class SealedSecretWriter {

  private static final Logger log = LoggerFactory.getLogger(SealedSecretWriter.class);

  /// A version that no object ever has, because the first one in a cluster is higher.
  private static final String NOBODYS = "1";

  private static final PatchContext OURS =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FieldManagers.OPERATOR)
          // It is ours as a whole, so who edited it is overruled.
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final WritePermission permission;

  SealedSecretWriter(KubernetesClient client, WritePermission permission) {
    this.client = client;
    this.permission = permission;
  }

  void write(Ref key, SealedStep step) {
    switch (step) {
      case SealedStep.Nothing _, SealedStep.Retire _ -> {}
      case SealedStep.Apply(var wanted, var over) -> {
        if (over.isPresent() || stays(wanted)) {
          apply(wanted, over);
          say(key, "The sealed key was handed to the sealed-secrets controller");
        }
      }
      case SealedStep.Delete(var version) -> {
        permission.check();
        sealed(key).lockResourceVersion(version.resourceVersion()).delete();
        say(key, "The SealedSecret of the key was deleted");
      }
    }
  }

  /// Locked by the version of what was seen. Where nothing was seen it is one that fits nothing:
  /// what has appeared since is left alone, and what is not there is made.
  private void apply(SealedSecret wanted, Optional<SealedSeen.Version> over) {
    permission.check();
    var object = SealedSecretObject.of(wanted);
    object
        .getMetadata()
        .setResourceVersion(over.map(SealedSeen.Version::resourceVersion).orElse(NOBODYS));
    sealed(wanted.owner()).patch(OURS, object);
  }

  /// For an owner that is going nothing is made. That what it owned was collected is often known
  /// here before that it was deleted itself.
  private boolean stays(SealedSecret wanted) {
    var owner =
        client
            .resources(ApiKeyConfig.class)
            .inNamespace(wanted.owner().namespace())
            .withName(wanted.owner().name())
            .get();
    return owner != null
        && owner.getMetadata().getUid().equals(wanted.ownerUid())
        && !owner.isMarkedForDeletion();
  }

  private Resource<GenericKubernetesResource> sealed(Ref key) {
    return client
        .genericKubernetesResources(SealedSecretObject.RESOURCE)
        .inNamespace(key.namespace())
        .withName(ManagedNames.unsealedSecret(key.name()));
  }

  private static void say(Ref key, String what) {
    log.atInfo()
        .addKeyValue("namespace", key.namespace())
        .addKeyValue("name", key.name())
        .addKeyValue("sealedSecret", ManagedNames.unsealedSecret(key.name()))
        .log(what);
  }
}
