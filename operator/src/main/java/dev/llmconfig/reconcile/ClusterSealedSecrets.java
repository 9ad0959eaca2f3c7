package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.StatusNote;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// The SealedSecrets of the cluster that the operator works on. They are read one by one, as user's
/// Secrets are, because a few wait for something at a time and a cache would hold all.
final class ClusterSealedSecrets implements SealedSecrets {

  private final KubernetesClient client;
  private final SealedSecretWatch watch;
  private volatile Function<ResourceID, Optional<ApiKeyConfig>> keys = _ -> Optional.empty();
  private volatile Function<ResourceID, Optional<? extends HasMetadata>> secrets =
      _ -> Optional.empty();

  ClusterSealedSecrets(KubernetesClient client, SealedSecretWatch watch) {
    this.client = client;
    this.watch = watch;
  }

  SealedSecretWatch watch() {
    return watch;
  }

  /// What the term holds anyway: the keys, and the metadata of all Secrets.
  void lookInto(
      Function<ResourceID, Optional<ApiKeyConfig>> keys,
      Function<ResourceID, Optional<? extends HasMetadata>> secrets) {
    this.keys = keys;
    this.secrets = secrets;
  }

  @Override
  public Look get(Ref ref) {
    try {
      var object =
          Optional.ofNullable(
              client
                  .genericKubernetesResources(SealedSecretObject.RESOURCE)
                  .inNamespace(ref.namespace())
                  .withName(ref.name())
                  .get());
      if (object.isEmpty() && !served()) {
        return new Look.NoApi();
      }
      watch.begin();
      return new Look.Seen(object);
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == 403) {
        return new Look.Hidden();
      }
      throw failed;
    }
  }

  /// An object that is not there and an API that is not there are answered alike.
  private boolean served() {
    return client.supports(SealedSecretObject.API_VERSION, SealedSecretObject.KIND);
  }

  /// The watch may not have begun, so what else a SealedSecret leaves behind is looked for: the
  /// Secret that was made of it, or the word that none could be, or that it was kept.
  @Override
  public boolean traced(Ref key) {
    var name = ManagedNames.unsealedSecret(key.name());
    return watch.holds(new Ref(key.namespace(), name))
        || secrets
            .apply(new ResourceID(name, key.namespace()))
            .filter(secret -> SealedReading.madeFor(key.name(), secret))
            .isPresent()
        || keys.apply(new ResourceID(key.name(), key.namespace()))
            .map(ApiKeyConfig::getStatus)
            .filter(status -> saysUnsealFailed(status) || saysKept(status))
            .isPresent();
  }

  private static boolean saysUnsealFailed(ApiKeyConfigStatus status) {
    return status.getConditions() != null
        && status.getConditions().stream()
            .anyMatch(one -> Objects.equals(one.getReason(), ConditionReason.UnsealFailed.name()));
  }

  private static boolean saysKept(ApiKeyConfigStatus status) {
    return status.getNotes() != null
        && status.getNotes().stream()
            .anyMatch(one -> Objects.equals(one.getReason(), StatusNote.SEALED_SECRET_KEPT));
  }
}
