package dev.llmconfig.mirror;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.ModelPhase;
import dev.llmconfig.domain.Ref;
import java.util.Optional;
import java.util.OptionalInt;

/// A ModelConfig.
///
/// @param parameters as asked for, as JSON
/// @param applied what is delivered and served, as JSON; empty before the first delivery
/// @param phase what follows from its conditions, by the one rule for it
/// @param spec all of it, as JSON
/// @param status all of it, as JSON
public record ModelConfigRow(
    Ref ref,
    ObjectVersion version,
    String apiKey,
    String model,
    String displayName,
    boolean isDefault,
    boolean suspended,
    String parameters,
    Optional<Resolved> resolved,
    Revisions revisions,
    Delivered delivered,
    ModelPhase phase,
    Readiness ready,
    long observedGeneration,
    String applied,
    String spec,
    String status)
    implements MirrorRow {

  /// Whether it is the default: it claims to be, and has not been told that another one is.
  public boolean holdsDefault() {
    return isDefault && !ready.reason().equals(ConditionReason.DefaultConflict.name());
  }

  /// What is delivered and served, as the operator understands it; empty before the first delivery.
  public Optional<AppliedRevision> lastGood() {
    return RowReading.lastGood(this);
  }

  /// The limits that hold for the model.
  public record Resolved(
      String provider,
      OptionalInt contextTokens,
      OptionalInt maxOutputTokens,
      Optional<String> retiresOn) {}

  /// Empty where there is none.
  public record Revisions(String applied, String candidate, String failed) {}

  /// How many workloads are where; all 0 before delivery.
  public record Delivered(
      String mode, String profile, int matched, int upToDate, int rolling, int failed) {}
}
