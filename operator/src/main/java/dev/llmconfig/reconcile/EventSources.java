package dev.llmconfig.reconcile;

import dev.llmconfig.api.CaKind;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.CaRef;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.NameRef;
import dev.llmconfig.api.v1alpha1.SecretRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What wakes a reconcile besides the object itself. Mappers are pure, because the framework calls
/// them twice.
final class EventSources {

  static final String MANAGED_SECRETS = "managed-secrets";
  static final String MANAGED_FACTS = "managed-facts";
  static final String MODEL_CONFIGS = "model-configs";
  static final String PROVIDED_SECRETS = "provided-secrets";
  static final String PROVIDED_CONFIG_MAPS = "provided-configmaps";
  private static final String OURS = Labels.MANAGED_BY + "=" + Labels.OPERATOR;
  private static final String KEYS_OF_MODELS = "keys-of-models";
  private static final String LISTS_OF_KEYS = "lists-of-keys";
  private static final GroupVersionKind SECRET = new GroupVersionKind("", "v1", "Secret");
  private static final GroupVersionKind CONFIG_MAP = new GroupVersionKind("", "v1", "ConfigMap");

  private EventSources() {}

  /// Secrets of ours, with their content: of the type that is encrypted. What is delivered to
  /// agents bears the label, too, and is plain.
  static InformerEventSource<Secret, ApiKeyConfig> managedSecrets(
      EventSourceContext<ApiKeyConfig> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Secret.class, ApiKeyConfig.class)
            .withName(MANAGED_SECRETS)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(Controllers.AT_ONCE)
            .withLabelSelector(OURS + "," + Labels.API_KEY)
            .withFieldSelector(
                new FieldSelector(new FieldSelector.Field("type", ManagedNames.ENCRYPTED_KEY_TYPE)))
            .withSecondaryToPrimaryMapper(EventSources::owner)
            .build(),
        context);
  }

  /// What was found out about keys: ConfigMaps of ours, with their content.
  static InformerEventSource<ConfigMap, ApiKeyConfig> managedFacts(
      EventSourceContext<ApiKeyConfig> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConfigMap.class, ApiKeyConfig.class)
            .withName(MANAGED_FACTS)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(Controllers.AT_ONCE)
            .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR + "," + Labels.API_KEY)
            .withSecondaryToPrimaryMapper(EventSources::owner)
            .build(),
        context);
  }

  /// Secrets of users, their metadata only.
  static InformerEventSource<GenericKubernetesResource, ApiKeyConfig> declaredSecrets(
      EventSourceContext<ApiKeyConfig> context, KubernetesClient metadata) {
    return declared(context, metadata, SECRET, "declared-secrets", EventSources::secrets);
  }

  /// ConfigMaps of users, their metadata only.
  static EventSource<?, ApiKeyConfig> declaredConfigMaps(
      EventSourceContext<ApiKeyConfig> context, KubernetesClient metadata) {
    return declared(context, metadata, CONFIG_MAP, "declared-configmaps", EventSources::configMaps);
  }

  /// Who uses the key. Of their changes only the one of the key, and the end, matter to it.
  static EventSource<?, ApiKeyConfig> modelConfigs(EventSourceContext<ApiKeyConfig> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ModelConfig.class, ApiKeyConfig.class)
            .withName(MODEL_CONFIGS)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(Controllers.AT_ONCE)
            .withSecondaryToPrimaryMapper(EventSources::used)
            .withOnUpdateFilter((now, before) ->
                !used(now).equals(used(before))
                    || now.isMarkedForDeletion() != before.isMarkedForDeletion())
            .build(),
        context) {

      /// The framework shows the mapper the new object only, so the key that was named before would
      /// not hear of it (traps R46).
      @Override
      public void onUpdate(ModelConfig before, ModelConfig now) {
        super.onUpdate(before, now);
        used(before).stream()
            .filter(key -> !used(now).contains(key))
            .forEach(key -> getEventHandler().handleEvent(new Event(key)));
      }
    };
  }

  /// The key that a ModelConfig names. It may be there before the ModelConfig, so each is found
  /// from the other.
  static InformerEventSource<ApiKeyConfig, ModelConfig> keysOfModels(
      EventSourceContext<ModelConfig> context) {
    var models = context.getPrimaryCache();
    models.addIndexer(
        KEYS_OF_MODELS, model -> used(model).stream().map(EventSources::text).toList());
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ApiKeyConfig.class, ModelConfig.class)
            .withName(KEYS_OF_MODELS)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(Controllers.AT_ONCE)
            .withSecondaryToPrimaryMapper(key ->
                models.byIndex(KEYS_OF_MODELS, text(ResourceID.fromResource(key))).stream()
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper(EventSources::used)
            .build(),
        context);
  }

  /// Secrets that agents are pointed at, their metadata only.
  static InformerEventSource<GenericKubernetesResource, ModelConfig> providedSecrets(
      EventSourceContext<ModelConfig> context, KubernetesClient metadata) {
    var models = context.getPrimaryCache();
    return provided(
        context,
        metadata,
        SECRET,
        PROVIDED_SECRETS,
        OURS,
        secret -> {
          var key = Labelled.label(secret, Labels.API_KEY);
          var model = Labelled.label(secret, Labels.MODEL_CONFIG);
          if (!model.isEmpty()) {
            return Set.of(new ResourceID(model, secret.getMetadata().getNamespace()));
          }
          return key.isEmpty()
              ? models
                  .list(secret.getMetadata().getNamespace(), _ -> true)
                  .map(ResourceID::fromResource)
                  .collect(Collectors.toSet())
              : naming(models, secret);
        });
  }

  /// What was found out about the keys that ModelConfigs name, its metadata only: a list is long.
  static InformerEventSource<GenericKubernetesResource, ModelConfig> listsOfKeys(
      EventSourceContext<ModelConfig> context, KubernetesClient metadata) {
    var models = context.getPrimaryCache();
    return provided(
        context,
        metadata,
        CONFIG_MAP,
        LISTS_OF_KEYS,
        OURS + "," + Labels.API_KEY,
        facts -> naming(models, facts));
  }

  /// Who names the key that an object is labelled with.
  private static Set<ResourceID> naming(
      IndexerResourceCache<ModelConfig> models, HasMetadata object) {
    var key = object.getMetadata().getNamespace() + "/" + Labelled.label(object, Labels.API_KEY);
    return models.byIndex(KEYS_OF_MODELS, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /// ConfigMaps that agents are pointed at, their metadata only.
  static InformerEventSource<GenericKubernetesResource, ModelConfig> providedConfigMaps(
      EventSourceContext<ModelConfig> context, KubernetesClient metadata) {
    return provided(
        context,
        metadata,
        CONFIG_MAP,
        PROVIDED_CONFIG_MAPS,
        OURS + "," + Labels.MODEL_CONFIG,
        map ->
            Set.of(
                new ResourceID(
                    Labelled.label(map, Labels.MODEL_CONFIG), map.getMetadata().getNamespace())));
  }

  private static InformerEventSource<GenericKubernetesResource, ModelConfig> provided(
      EventSourceContext<ModelConfig> context,
      KubernetesClient metadata,
      GroupVersionKind kind,
      String name,
      String selector,
      SecondaryToPrimaryMapper<GenericKubernetesResource> concerned) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, ModelConfig.class)
            .withName(name)
            .withKubernetesClient(metadata)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(Controllers.AT_ONCE)
            .withLabelSelector(selector)
            .withSecondaryToPrimaryMapper(concerned)
            .build(),
        context);
  }

  private static String text(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }

  private static InformerEventSource<GenericKubernetesResource, ApiKeyConfig> declared(
      EventSourceContext<ApiKeyConfig> context,
      KubernetesClient metadata,
      GroupVersionKind kind,
      String name,
      Function<ApiKeyConfig, List<String>> names) {
    var keys = context.getPrimaryCache();
    keys.addIndexer(name, key -> inNamespace(key, names.apply(key)));
    return new InformerEventSource<GenericKubernetesResource, ApiKeyConfig>(
        InformerEventSourceConfiguration.from(kind, ApiKeyConfig.class)
            .withName(name)
            .withKubernetesClient(metadata)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(Controllers.AT_ONCE)
            .withSecondaryToPrimaryMapper(object -> declaring(object, name, keys))
            .build(),
        context);
  }

  /// The key that it names.
  static Set<ResourceID> used(ModelConfig config) {
    return Optional.ofNullable(config.getSpec())
        .map(ModelConfigSpec::getApiKeyRef)
        .map(NameRef::getName)
        .map(name -> Set.of(new ResourceID(name, config.getMetadata().getNamespace())))
        .orElseGet(Set::of);
  }

  private static Set<ResourceID> owner(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .map(labels -> labels.get(Labels.API_KEY))
        .map(name -> Set.of(new ResourceID(name, object.getMetadata().getNamespace())))
        .orElseGet(Set::of);
  }

  /// The one that is made of a sealed key is looked for under every key, because it outlives the
  /// declaration for a while.
  private static List<String> secrets(ApiKeyConfig config) {
    var declared =
        Stream.concat(
            Stream.ofNullable(config.getSpec())
                .map(ApiKeyConfigSpec::getSecretRef)
                .filter(Objects::nonNull)
                .map(SecretRef::getName),
            authority(config, CaKind.Secret));
    var unsealed = Stream.of(ManagedNames.unsealedSecret(config.getMetadata().getName()));
    return Stream.concat(declared, unsealed).filter(Objects::nonNull).distinct().toList();
  }

  private static List<String> configMaps(ApiKeyConfig config) {
    return authority(config, CaKind.ConfigMap).toList();
  }

  private static Stream<String> authority(ApiKeyConfig config, CaKind kind) {
    return Stream.ofNullable(config.getSpec())
        .map(ApiKeyConfigSpec::getCaRef)
        .filter(ca -> ca != null && ca.getKind() == kind && ca.getName() != null)
        .map(CaRef::getName);
  }

  private static List<String> inNamespace(ApiKeyConfig config, List<String> names) {
    return names.stream().map(name -> config.getMetadata().getNamespace() + "/" + name).toList();
  }

  private static Set<ResourceID> declaring(
      HasMetadata object, String index, IndexerResourceCache<ApiKeyConfig> keys) {
    var meta = object.getMetadata();
    return keys.byIndex(index, meta.getNamespace() + "/" + meta.getName()).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
