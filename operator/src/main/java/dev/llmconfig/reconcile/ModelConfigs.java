package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.KeyUse;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The ModelConfigs that name a key.
final class ModelConfigs {

  private final KubernetesClient client;

  ModelConfigs(KubernetesClient client) {
    this.client = client;
  }

  /// From the cache. What it lacks is looked up once more before a guard falls: a cache that could
  /// not be filled looks like one without users (traps R12).
  List<ModelConfig> using(ApiKeyConfig key, Context<ApiKeyConfig> context) {
    var known = using(key, context.getSecondaryResourcesAsStream(ModelConfig.class));
    return known.isEmpty() && guarded(key) && !forced(key) ? using(key, listed(key)) : known;
  }

  static KeyUse use(ApiKeyConfig key, List<String> users) {
    var meta = key.getMetadata();
    return new KeyUse(
        new Ref(meta.getNamespace(), meta.getName()),
        users,
        key.isMarkedForDeletion(),
        guarded(key),
        forced(key));
  }

  /// The key that it names.
  static Optional<Ref> key(ModelConfig config) {
    return EventSources.used(config).stream()
        .findFirst()
        .map(id -> new Ref(config.getMetadata().getNamespace(), id.getName()));
  }

  static List<String> names(List<ModelConfig> configs) {
    return configs.stream().map(one -> one.getMetadata().getName()).toList();
  }

  /// The model of the oldest, which is the one to ask for a word: it is least likely to change.
  static Optional<String> oldest(List<ModelConfig> configs) {
    return configs.stream()
        .filter(one -> one.getSpec() != null && one.getSpec().getModel() != null)
        .min(
            Comparator.comparing((ModelConfig one) -> age(one))
                .thenComparing(one -> one.getMetadata().getName()))
        .map(one -> Objects.requireNonNull(one.getSpec()).getModel());
  }

  /// One that is being deleted uses it no longer; nor does one that names another key by now, which
  /// the framework's index does not notice.
  private static List<ModelConfig> using(ApiKeyConfig key, Stream<ModelConfig> among) {
    var id = ResourceID.fromResource(key);
    return among
        .filter(one -> !one.isMarkedForDeletion() && EventSources.used(one).contains(id))
        .toList();
  }

  private Stream<ModelConfig> listed(ApiKeyConfig key) {
    try {
      return client
          .resources(ModelConfig.class)
          .inNamespace(key.getMetadata().getNamespace())
          .list()
          .getItems()
          .stream();
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == 404) {
        return Stream.empty(); // the CRD is gone, and every ModelConfig with it
      }
      throw failed;
    }
  }

  private static boolean guarded(ApiKeyConfig key) {
    return key.hasFinalizer(ApiGroup.FINALIZER);
  }

  private static boolean forced(ApiKeyConfig key) {
    var annotations = key.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(Annotations.FORCE_DELETE));
  }

  private static String age(ModelConfig config) {
    return Objects.requireNonNullElse(config.getMetadata().getCreationTimestamp(), "");
  }
}
