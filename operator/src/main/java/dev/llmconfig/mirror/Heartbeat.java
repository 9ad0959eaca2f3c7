package dev.llmconfig.mirror;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// What the rows are worth, and who wrote them.
///
/// @param syncedAt when they were last known to be the cluster's state
/// @param watchedNamespaces none means all
/// @param leader empty while nobody is known to lead
/// @param replicas absent when nobody has told this process
/// @param resourceVersions up to where each watch has come
public record Heartbeat(
    Instant syncedAt,
    Set<String> watchedNamespaces,
    String replica,
    String leader,
    OptionalInt replicas,
    Map<String, String> resourceVersions) {

  public Heartbeat {
    watchedNamespaces = Set.copyOf(watchedNamespaces);
    resourceVersions = Map.copyOf(resourceVersions);
  }
}
