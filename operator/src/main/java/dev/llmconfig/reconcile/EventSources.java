package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What wakes a reconcile besides the object itself. Mappers are pure, because the framework calls
/// them twice.
final class EventSources {

  static final String MANAGED_SECRETS = "managed-secrets";
  private static final String DECLARED_SECRETS = "declared-secrets";
  private static final String BY_SECRET = "by-secret";
  private static final GroupVersionKind SECRET = new GroupVersionKind("", "v1", "Secret");

  private EventSources() {}

  /// Secrets of ours, with their content.
  static InformerEventSource<Secret, ApiKeyConfig> managedSecrets(
      EventSourceContext<ApiKeyConfig> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Secret.class, ApiKeyConfig.class)
            .withName(MANAGED_SECRETS)
            .withNamespacesInheritedFromController()
            .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR + "," + Labels.API_KEY)
            .withSecondaryToPrimaryMapper(EventSources::owner)
            .build(),
        context);
  }

  /// Secrets of users, their metadata only.
  static EventSource<?, ApiKeyConfig> declaredSecrets(
      EventSourceContext<ApiKeyConfig> context, KubernetesClient metadata) {
    var keys = context.getPrimaryCache();
    keys.addIndexer(BY_SECRET, EventSources::declared);
    return new InformerEventSource<GenericKubernetesResource, ApiKeyConfig>(
        InformerEventSourceConfiguration.from(SECRET, ApiKeyConfig.class)
            .withName(DECLARED_SECRETS)
            .withKubernetesClient(metadata)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(secret -> declaring(secret, keys))
            .build(),
        context);
  }

  private static Set<ResourceID> owner(Secret secret) {
    return Optional.ofNullable(secret.getMetadata().getLabels())
        .map(labels -> labels.get(Labels.API_KEY))
        .map(name -> Set.of(new ResourceID(name, secret.getMetadata().getNamespace())))
        .orElseGet(Set::of);
  }

  private static List<String> declared(ApiKeyConfig config) {
    var spec = config.getSpec();
    return spec == null || spec.getSecretRef() == null
        ? List.of()
        : List.of(config.getMetadata().getNamespace() + "/" + spec.getSecretRef().getName());
  }

  private static Set<ResourceID> declaring(
      HasMetadata secret, IndexerResourceCache<ApiKeyConfig> keys) {
    var meta = secret.getMetadata();
    return keys.byIndex(BY_SECRET, meta.getNamespace() + "/" + meta.getName()).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
