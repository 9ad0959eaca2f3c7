package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.plan.SealedSecret;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.TreeMap;

/// A SealedSecret as an object.
final class SealedSecretObject {

  static final String API_VERSION = "bitnami.com/v1alpha1";
  static final String KIND = "SealedSecret";
  static final ResourceDefinitionContext RESOURCE =
      new ResourceDefinitionContext.Builder()
          .withGroup("bitnami.com")
          .withVersion("v1alpha1")
          .withKind(KIND)
          .withPlural("sealedsecrets")
          .withNamespaced(true)
          .build();

  private SealedSecretObject() {}

  static GenericKubernetesResource of(SealedSecret wanted) {
    var owner = wanted.owner();
    var scope = scope(wanted.source().scope());
    var ofOurs = new TreeMap<String, String>();
    ofOurs.put(Labels.MANAGED_BY, Labels.OPERATOR);
    ofOurs.putAll(onSecret(wanted));
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(API_VERSION)
        .withKind(KIND)
        .withNewMetadata()
        .withNamespace(owner.namespace())
        .withName(wanted.name())
        .withLabels(ofOurs)
        .withAnnotations(scope)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(ApiKeyConfig.class))
                .withKind(HasMetadata.getKind(ApiKeyConfig.class))
                .withName(owner.name())
                .withUid(wanted.ownerUid())
                .withController(true)
                .build())
        .endMetadata()
        .addToAdditionalProperties("spec", spec(wanted, scope))
        .build();
  }

  /// Sorted, so that the same plan gives the same bytes (traps R2).
  private static Map<String, Object> spec(SealedSecret wanted, Map<String, String> scope) {
    var metadata = new TreeMap<String, Object>();
    // The scope is read from the object's own annotations. It is here as well, because only a
    // change
    // of the spec makes the controller look again.
    metadata.put("annotations", scope);
    metadata.put("labels", onSecret(wanted));
    var template = new TreeMap<String, Object>();
    template.put("metadata", metadata);
    template.put("type", "Opaque");
    var spec = new TreeMap<String, Object>();
    spec.put("encryptedData", Map.of(ManagedNames.API_KEY, wanted.source().encryptedData()));
    spec.put("template", template);
    return spec;
  }

  /// Without managed-by: it is another controller's Secret, holds a key in plain, and must neither
  /// get into the caches of what is ours nor be taken for something encrypted.
  private static Map<String, String> onSecret(SealedSecret wanted) {
    var labels = new TreeMap<String, String>();
    labels.put(Labels.API_KEY, wanted.owner().name());
    labels.put(Labels.INSTALLATION, wanted.installation());
    return labels;
  }

  /// Both are always said, so that one which was set by somebody else is overruled.
  private static Map<String, String> scope(SealingScope scope) {
    var annotations = new TreeMap<String, String>();
    annotations.put(
        "sealedsecrets.bitnami.com/namespace-wide",
        String.valueOf(scope == SealingScope.NamespaceWide));
    annotations.put(
        "sealedsecrets.bitnami.com/cluster-wide",
        String.valueOf(scope == SealingScope.ClusterWide));
    return annotations;
  }
}
