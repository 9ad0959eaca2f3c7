package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the status said before: all of the past that outlives a process. A lost status is no
/// failure, only a reason to ask again.
///
/// @param verifiedSince since when the condition Verified has said what it says
/// @param handled the wish for a check that was answered last
public record Remembered(
    long generation,
    Optional<String> revision,
    Optional<String> endpoint,
    Optional<String> candidate,
    Map<ConditionReport.Type, ConditionReport> conditions,
    Optional<Instant> verifiedSince,
    Optional<Instant> lastVerified,
    Optional<String> requestId,
    Optional<String> handled,
    OptionalInt modelCount,
    List<StatusNote> notes) {

  public static final Remembered NOTHING =
      new Remembered(
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          List.of());

  public Remembered {
    conditions = Map.copyOf(conditions);
    notes = List.copyOf(notes);
  }

  Optional<ConditionReport> condition(ConditionReport.Type type) {
    return Optional.ofNullable(conditions.get(type));
  }

  /// Whether it was said that the key is being deleted, in the place of everything else.
  boolean deleting() {
    return condition(ConditionReport.Type.Ready)
        .filter(one -> one.reason() == ConditionReason.Deleting)
        .isPresent();
  }

  boolean says(ConditionReport.Type type, Truth truth) {
    return condition(type).filter(one -> one.truth() == truth).isPresent();
  }
}
