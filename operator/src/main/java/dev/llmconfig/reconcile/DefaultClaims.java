package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.Parsing;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who claims the agents that follow the default of a namespace, and since when two do.
final class DefaultClaims {

  /// By the one that waits. It may be lost with the process: then its five seconds begin anew.
  private final Map<ResourceID, Instant> contested = new ConcurrentHashMap<>();

  /// Who else claims it.
  static List<DefaultClaim> others(ResourceID model, IndexedResourceCache<ModelConfig> models) {
    return models
        .list(one -> {
          var other = ResourceID.fromResource(one);
          return !other.equals(model) && other.getNamespace().equals(model.getNamespace());
        })
        .flatMap(one -> Parsing.defaultClaim(one).stream())
        .toList();
  }

  /// Since when a claim is contested, if it is.
  Optional<Instant> since(ResourceID model, boolean contested, Instant now) {
    if (!contested) {
      this.contested.remove(model);
      return Optional.empty();
    }
    return Optional.of(this.contested.computeIfAbsent(model, _ -> now));
  }

  void forget(ResourceID model) {
    contested.remove(model);
  }
}
