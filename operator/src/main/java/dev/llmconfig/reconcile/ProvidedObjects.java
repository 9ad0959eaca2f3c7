package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.plan.delivery.Need;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// The objects that agents are pointed at: never changed, so that nothing in a running pod can
/// change without a new template.
final class ProvidedObjects {

  private ProvidedObjects() {}

  static Secret key(Need.Key need, ApiKeyConfig owner, String installation, SecretBytes key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(need.name())
        .withLabels(labels(Labels.API_KEY, need.apiKey(), installation))
        .withOwnerReferences(owner(owner))
        .endMetadata()
        .withType("Opaque")
        .withImmutable(true)
        .addToData(ManagedNames.API_KEY, key.use(Base64.getEncoder()::encodeToString))
        .build();
  }

  static Secret noKey(String namespace, String installation) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(ManagedNames.NO_KEY_SECRET)
        .withLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.INSTALLATION, installation))
        .endMetadata()
        .withType("Opaque")
        .withImmutable(true)
        .addToData(
            ManagedNames.API_KEY,
            Base64.getEncoder()
                .encodeToString(ManagedNames.NO_KEY_VALUE.getBytes(StandardCharsets.US_ASCII)))
        .build();
  }

  static ConfigMap files(Need.Files need, ModelConfig owner, String installation) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(need.name())
        .withLabels(labels(Labels.MODEL_CONFIG, owner.getMetadata().getName(), installation))
        .withOwnerReferences(owner(owner))
        .endMetadata()
        .withImmutable(true)
        .withData(need.files().contents())
        .build();
  }

  /// That it is ours, of which installation, and whom it serves.
  static Map<String, String> labels(String owning, String owner, String installation) {
    return Map.of(
        Labels.MANAGED_BY, Labels.OPERATOR, owning, owner, Labels.INSTALLATION, installation);
  }

  /// It never blocks the owner's deletion.
  static OwnerReference owner(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
