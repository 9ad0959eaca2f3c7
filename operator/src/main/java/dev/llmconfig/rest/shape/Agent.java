package dev.llmconfig.rest.shape;

import dev.llmconfig.domain.AgentState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workload that asks for settings, or has some.
public record Agent(
    String id,
    String namespace,
    String kind,
    String name,
    @Nullable String configId,
    @Nullable String apiKeyId,
    @Nullable String mode,
    @Nullable String profile,
    AgentState state,
    @Nullable String reason,
    @Nullable String sentence,
    @Nullable String since,
    @Nullable Settings requested,
    @Nullable Settings running,
    @Nullable ManagedBy managedBy,
    @Nullable List<Container> containers,
    @Nullable List<Change> changes,
    @Nullable Boolean stale,
    @Nullable String syncedAt) {

  /// What a container has of us.
  ///
  /// @param mounts where files of ours are
  public record Container(String name, List<Variable> env, List<String> mounts) {}

  /// A variable.
  ///
  /// @param value absent for what is in a Secret
  public record Variable(String name, @Nullable String value, @Nullable Boolean secret) {}

  /// Settings by name.
  public record Settings(String revision, @Nullable String model) {}
}
