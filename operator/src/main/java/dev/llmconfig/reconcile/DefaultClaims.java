package dev.llmconfig.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Since when two ModelConfigs claim the agents that follow the default of a namespace.
final class DefaultClaims {

  /// By the one that waits. It may be lost with the process: then its five seconds begin anew.
  private final Map<ResourceID, Instant> contested = new ConcurrentHashMap<>();

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
