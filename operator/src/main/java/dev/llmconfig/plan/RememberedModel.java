package dev.llmconfig.plan;

import dev.llmconfig.domain.AppliedRevision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the status of a ModelConfig said before. All of it may be lost; then it is worked out and
/// verified anew.
///
/// @param generation 0 before the first status
/// @param applied the last good settings
/// @param candidate name of the revision that was on its way, or was refused
/// @param handled values of the requests that were acted on
public record RememberedModel(
    long generation,
    Optional<AppliedRevision> applied,
    Optional<String> candidate,
    Optional<String> failedRevision,
    Handled handled,
    Map<ConditionReport.Type, ConditionReport> conditions,
    List<StatusNote> notes) {

  public static final RememberedModel NOTHING =
      new RememberedModel(
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new Handled(Optional.empty(), Optional.empty()),
          Map.of(),
          List.of());

  public RememberedModel {
    conditions = Map.copyOf(conditions);
    notes = List.copyOf(notes);
  }

  /// Values of the request annotations.
  public record Handled(Optional<String> verify, Optional<String> retry) {}

  Optional<ConditionReport> condition(ConditionReport.Type type) {
    return Optional.ofNullable(conditions.get(type));
  }

  /// The revision that the status was about: the one on its way, else the one in place.
  Optional<String> subject() {
    return candidate.or(() -> applied.map(AppliedRevision::name));
  }
}
