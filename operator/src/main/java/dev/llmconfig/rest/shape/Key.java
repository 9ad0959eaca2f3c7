package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.KeyPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An ApiKeyConfig. What only the answer for a single one has comes last.
public record Key(
    String id,
    String namespace,
    String name,
    String provider,
    @Nullable String displayName,
    Source source,
    @Nullable String endpoint,
    @Nullable String maskedKey,
    String createdAt,
    @Nullable String lastUsedAt,
    boolean active,
    @Nullable String expiresAt,
    KeyPhase state,
    @Nullable String reason,
    @Nullable String sentence,
    @Nullable String checkedAt,
    @Nullable Integer modelCount,
    UsedBy usedBy,
    @Nullable String previousUsableUntil,
    @Nullable ManagedBy managedBy,
    long generation,
    String rv,
    @Nullable ObjectNode spec,
    @Nullable List<Condition> conditions,
    @Nullable List<Note> notes,
    @Nullable List<Change> changes,
    @Nullable List<Warning> warnings,
    @Nullable Boolean stale,
    @Nullable String syncedAt) {

  /// Where the key itself is kept.
  public enum Source {
    SecretRef,
    EncryptedKey,
    SealedKey,
    /// Beside a store without a cluster.
    Environment,
    None
  }

  /// What would break without it.
  public record UsedBy(int configs, int agents) {}
}
