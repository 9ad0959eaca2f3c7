package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.ModelPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ModelConfig. What only the answer for a single one has comes last.
public record Config(
    String id,
    String namespace,
    String name,
    String model,
    @Nullable String displayName,
    String apiKeyId,
    @Nullable String provider,
    boolean isDefault,
    boolean active,
    ObjectNode parameters,
    Delivery delivery,
    ModelPhase state,
    @Nullable String reason,
    @Nullable String sentence,
    @Nullable String revision,
    @Nullable String candidate,
    @Nullable String failedRevision,
    Agents agents,
    List<Unhonoured> unhonoured,
    @Nullable Integer contextTokens,
    @Nullable Integer maxOutputTokens,
    @Nullable String retiresOn,
    @Nullable ManagedBy managedBy,
    String createdAt,
    long generation,
    String rv,
    @Nullable ObjectNode spec,
    @Nullable List<Condition> conditions,
    @Nullable List<Note> notes,
    @Nullable List<Change> changes,
    @Nullable List<Warning> warnings,
    @Nullable Boolean stale,
    @Nullable String syncedAt) {

  /// How its agents are given it.
  public record Delivery(String mode, String profile) {}

  /// How far the delivery is.
  public record Agents(int matched, int upToDate, int rolling, int failed) {}

  /// A parameter that could not be sent as it was asked for.
  public record Unhonoured(String field, String reason) {}
}
