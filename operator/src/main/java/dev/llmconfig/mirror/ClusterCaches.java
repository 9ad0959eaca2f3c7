package dev.llmconfig.mirror;

import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Informers of our own, beside those of the controllers: every replica mirrors, and only one has
/// controllers. A cache forgets an object only when a list was read to its end or its deletion was
/// heard (traps R12).
final class ClusterCaches implements Caches, AutoCloseable {

  private static final String BY_MODEL_CONFIG = "by-model-config";

  /// How many objects are listed in one piece: a request may not take for ever.
  private static final long AT_ONCE = 500;

  private static final String CLAIMING = "claiming-the-default";

  private final List<Watched<ApiKeyConfig>> keys = new ArrayList<>();
  private final List<Watched<ModelConfig>> modelConfigs = new ArrayList<>();
  private final List<Watched<Secret>> secrets = new ArrayList<>();
  private final List<Watched<ConfigMap>> facts = new ArrayList<>();
  private final List<Watched<? extends HasMetadata>> agents = new ArrayList<>();
  private final Watched<ConfigMap> profiles;

  /// One informer.
  ///
  /// @param namespace empty for all
  private record Watched<T>(String what, String namespace, SharedIndexInformer<T> informer) {

    boolean covers(Ref ref) {
      return namespace.isEmpty() || namespace.equals(ref.namespace());
    }

    String kind() {
      return informer.getApiTypeClass().getSimpleName();
    }

    String words() {
      return what + (namespace.isEmpty() ? " of all namespaces" : " of namespace " + namespace);
    }
  }

  ClusterCaches(
      KubernetesClient client, Set<String> namespaces, String home, Consumer<Touched> touched) {
    profiles =
        watched(
            "profiles",
            home,
            in(home, client.configMaps()).withLabel(Labels.PROFILES, "true"),
            // No row is made of them: they go along with the next beat.
            _ -> null,
            touched);
    for (var namespace : namespaces.isEmpty() ? Set.of("") : namespaces) {
      keys.add(
          watched(
              "ApiKeyConfigs",
              namespace,
              in(namespace, client.resources(ApiKeyConfig.class)),
              key -> new Touched(Touched.What.KEY, Projection.ref(key)),
              touched));
      var configs =
          watched(
              "ModelConfigs",
              namespace,
              in(namespace, client.resources(ModelConfig.class)),
              config -> new Touched(Touched.What.MODEL_CONFIG, Projection.ref(config)),
              touched);
      configs.informer().addIndexers(Map.of(CLAIMING, ClusterCaches::claimed));
      modelConfigs.add(configs);
      secrets.add(
          watched(
              "managed Secrets",
              namespace,
              ofAKey(in(namespace, client.secrets()))
                  // What is delivered to agents bears the label, too, and is plain.
                  .withField("type", ManagedNames.ENCRYPTED_KEY_TYPE),
              ClusterCaches::owner,
              touched));
      facts.add(
          watched(
              "ConfigMaps of keys",
              namespace,
              ofAKey(in(namespace, client.configMaps())),
              ClusterCaches::owner,
              touched));
      watchAgents(client, namespace, touched);
    }
  }

  /// Two watches for each kind, with selectors that never match the same object.
  private void watchAgents(KubernetesClient client, String namespace, Consumer<Touched> touched) {
    for (var label : List.of(Labels.MODEL_CONFIG, Labels.DELIVERED_BY)) {
      var apps = client.apps();
      agents.add(agents("Deployments", namespace, apps.deployments(), label, touched));
      agents.add(agents("StatefulSets", namespace, apps.statefulSets(), label, touched));
      agents.add(agents("DaemonSets", namespace, apps.daemonSets(), label, touched));
      agents.add(agents("CronJobs", namespace, client.batch().v1().cronjobs(), label, touched));
    }
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>, R extends Resource<T>>
      Watched<T> agents(
          String kind,
          String namespace,
          MixedOperation<T, L, R> all,
          String label,
          Consumer<Touched> touched) {
    FilterWatchListDeletable<T, L, R> labelled = in(namespace, all).withLabel(label);
    var marked = label.equals(Labels.DELIVERED_BY);
    var watched =
        watched(
            marked ? kind + " with a marker" : kind,
            namespace,
            marked ? labelled.withoutLabel(Labels.MODEL_CONFIG) : labelled,
            workload -> new Touched(Touched.What.AGENT, AgentProjection.ref(workload)),
            touched);
    watched.informer().itemStore(new AgentCache<>());
    watched.informer().addIndexers(Map.of(BY_MODEL_CONFIG, ClusterCaches::modelConfigs));
    return watched;
  }

  private static List<String> modelConfigs(HasMetadata workload) {
    return AgentProjection.names(workload).stream()
        .map(name -> new Ref(workload.getMetadata().getNamespace(), name).toString())
        .toList();
  }

  private static List<String> claimed(ModelConfig config) {
    return Projection.wantsToBeDefault(config)
        ? List.of(config.getMetadata().getNamespace())
        : List.of();
  }

  void start() {
    all().forEach(watched -> watched.informer().start());
  }

  @Override
  public List<String> missing() {
    return all().filter(one -> !one.informer().hasSynced()).map(Watched::words).toList();
  }

  @Override
  public boolean watching() {
    return all().allMatch(one -> one.informer().hasSynced() && one.informer().isWatching());
  }

  @Override
  public Map<String, String> resourceVersions() {
    var versions = new TreeMap<String, String>();
    all()
        .forEach(one ->
            versions.put(one.words(), String.valueOf(one.informer().lastSyncResourceVersion())));
    return versions;
  }

  @Override
  public Optional<ApiKeyConfig> key(Ref ref) {
    return find(keys, ref);
  }

  @Override
  public Optional<Secret> managedSecret(Ref key) {
    return find(secrets, new Ref(key.namespace(), ManagedNames.encryptedSecret(key.name())));
  }

  @Override
  public Optional<ConfigMap> facts(Ref key) {
    return find(facts, new Ref(key.namespace(), ManagedNames.factsConfigMap(key.name())));
  }

  @Override
  public Optional<ModelConfig> modelConfig(Ref ref) {
    return find(modelConfigs, ref);
  }

  @Override
  public Optional<HasMetadata> agent(Ref row) {
    var key = Cache.namespaceKeyFunc(row.namespace(), AgentRow.name(row));
    return agents.stream()
        .filter(one -> one.covers(row))
        .filter(one -> one.kind().equals(AgentRow.kind(row)))
        .flatMap(one -> Stream.<HasMetadata>ofNullable(one.informer().getStore().getByKey(key)))
        .findFirst();
  }

  @Override
  public Stream<HasMetadata> agentsOf(Ref modelConfig) {
    return agents.stream()
        .filter(one -> one.covers(modelConfig))
        .flatMap(one ->
            one.informer().getIndexer().byIndex(BY_MODEL_CONFIG, modelConfig.toString()).stream());
  }

  @Override
  public Stream<HasMetadata> agents() {
    return agents.stream().flatMap(one -> one.informer().getStore().list().stream());
  }

  @Override
  public Stream<ApiKeyConfig> keys() {
    return keys.stream().flatMap(one -> one.informer().getStore().list().stream());
  }

  @Override
  public Stream<ModelConfig> modelConfigs() {
    return modelConfigs.stream().flatMap(one -> one.informer().getStore().list().stream());
  }

  @Override
  public List<ProfileFile> profiles() {
    return profiles.informer().getStore().list().stream()
        .sorted(Comparator.comparing(one -> one.getMetadata().getName()))
        .flatMap(one -> ProfileMaps.files(one).stream())
        .toList();
  }

  /// Asked for with each change, so not looked for among all.
  @Override
  public Stream<ModelConfig> defaults(String namespace) {
    return modelConfigs.stream()
        .flatMap(one -> one.informer().getIndexer().byIndex(CLAIMING, namespace).stream());
  }

  @Override
  public void close() {
    all().forEach(one -> one.informer().stop());
  }

  private Stream<Watched<?>> all() {
    return Stream.of(keys, modelConfigs, secrets, facts, agents, List.of(profiles))
        .flatMap(List::stream);
  }

  /// Both kinds of object that we make for a key.
  private static <T> FilterWatchListDeletable<T, ?, ?> ofAKey(
      FilterWatchListDeletable<T, ?, ?> objects) {
    return objects.withLabel(Labels.MANAGED_BY, Labels.OPERATOR).withLabel(Labels.API_KEY);
  }

  private static @Nullable Touched owner(HasMetadata object) {
    return Projection.owner(object).map(key -> new Touched(Touched.What.KEY, key)).orElse(null);
  }

  private static <T> Optional<T> find(List<Watched<T>> among, Ref ref) {
    return among.stream()
        .filter(one -> one.covers(ref))
        .findFirst()
        .map(one ->
            one.informer()
                .getStore()
                .getByKey(Cache.namespaceKeyFunc(ref.namespace(), ref.name())));
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>, R extends Resource<T>>
      FilterWatchListDeletable<T, L, R> in(String namespace, MixedOperation<T, L, R> all) {
    return namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
  }

  private static <T extends HasMetadata> Watched<T> watched(
      String what,
      String namespace,
      FilterWatchListDeletable<T, ?, ?> objects,
      Function<T, @Nullable Touched> touch,
      Consumer<Touched> touched) {
    var informer = objects.withLimit(AT_ONCE).runnableInformer(0);
    // The framework's default ends an informer for good when its first list is refused.
    informer.exceptionHandler((_, _) -> true);
    informer.addEventHandler(
        new ResourceEventHandler<T>() {
          @Override
          public void onAdd(T object) {
            tell(object);
          }

          @Override
          public void onUpdate(T before, T object) {
            tell(object);
          }

          @Override
          public void onDelete(T object, boolean unseen) {
            tell(object);
          }

          private void tell(T object) {
            var heard = touch.apply(object);
            if (heard != null) {
              touched.accept(heard);
            }
          }
        });
    return new Watched<>(what, namespace, informer);
  }
}
