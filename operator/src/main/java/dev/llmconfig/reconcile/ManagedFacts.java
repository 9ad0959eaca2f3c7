package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The ConfigMap with what was found out about a key, from the cache; what the cache lacks is
/// looked up once more, because an object of somebody else may have the name. That it cannot be
/// written must not keep a key from being used, so a refusal is remembered, and tried again now and
/// then.
final class ManagedFacts {

  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final int FORBIDDEN = 403;

  /// What trying again at once does not change: rights, and admission in its different words.
  private static final Set<Integer> REFUSALS = Set.of(400, FORBIDDEN, 413, 422);

  /// What is there, and what would be, were we allowed to write it.
  record Found(Optional<ConfigMap> there, Optional<ConfigMap> unwritten) {

    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

    Optional<ConfigMap> newest() {
      return unwritten.or(() -> there);
    }

    Optional<String> complaint() {
      return unwritten.map(_ ->
          "The operator may not write ConfigMaps in this namespace, so the list of models is not kept; give its account the rights of the chart.");
    }
  }

  private record Refused(ConfigMap object, Instant at) {}

  private final KubernetesClient client;
  private final Applier applier;
  private final Map<Ref, Refused> refused = new ConcurrentHashMap<>();

  ManagedFacts(KubernetesClient client, Applier applier) {
    this.client = client;
    this.applier = applier;
  }

  Found find(Ref key, Context<ApiKeyConfig> context) {
    var name = ManagedNames.factsConfigMap(key.name());
    return new Found(
        cache(context)
            .get(new ResourceID(name, key.namespace()))
            .or(() -> Optional.ofNullable(lookUp(key, name))),
        Optional.ofNullable(refused.get(key)).map(Refused::object));
  }

  /// Writes it, unless that was refused a moment ago.
  ///
  /// @param found when it was planned
  /// @return whether the next plan would be the same
  boolean write(
      Ref key, ConfigMap object, Found found, Context<ApiKeyConfig> context, Instant now) {
    var before = refused.get(key);
    if (before != null && before.at().plus(AGAIN).isAfter(now)) {
      refused.put(key, new Refused(object, before.at()));
      return true;
    }
    try {
      remember(applier.apply(object), found.there(), context);
      return refused.remove(key) == null;
    } catch (KubernetesClientException failed) {
      if (!REFUSALS.contains(failed.getCode())) {
        throw failed;
      }
      return refused.put(key, new Refused(object, now)) != null;
    }
  }

  private @Nullable ConfigMap lookUp(Ref key, String name) {
    try {
      return client.configMaps().inNamespace(key.namespace()).withName(name).get();
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == FORBIDDEN) {
        return null;
      }
      throw failed;
    }
  }

  private static void remember(
      ConfigMap written, Optional<ConfigMap> before, Context<ApiKeyConfig> context) {
    var id = ResourceID.fromResource(written);
    before.ifPresentOrElse(
        old -> cache(context).handleRecentResourceUpdate(id, written, old),
        () -> cache(context).handleRecentResourceCreate(id, written));
  }

  private static InformerEventSource<ConfigMap, ApiKeyConfig> cache(Context<ApiKeyConfig> context) {
    return (InformerEventSource<ConfigMap, ApiKeyConfig>)
        context
            .eventSourceRetriever()
            .getEventSourceFor(ConfigMap.class, EventSources.MANAGED_FACTS);
  }
}
