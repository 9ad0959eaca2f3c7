package dev.llmconfig.mirror;

import dev.llmconfig.agent.ProfileFile;
import java.time.Instant;
import java.util.List;
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
/// @param profiles of ConfigMaps beside the operator, which go over those that are built in
public record Heartbeat(
    Instant syncedAt,
    Set<String> watchedNamespaces,
    String replica,
    String leader,
    OptionalInt replicas,
    Map<String, String> resourceVersions,
    List<ProfileFile> profiles) {

  public Heartbeat {
    watchedNamespaces = Set.copyOf(watchedNamespaces);
    resourceVersions = Map.copyOf(resourceVersions);
    profiles = List.copyOf(profiles);
  }
}
