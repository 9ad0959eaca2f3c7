package dev.llmconfig.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the status of an ApiKeyConfig shall say. It holds no key.
public record KeyReport(
    long observedGeneration,
    Optional<InUse> inUse,
    Optional<Shown> shown,
    Optional<String> candidate,
    Optional<Previous> previous,
    Checked checked,
    OptionalInt modelCount,
    int usedBy,
    List<StatusNote> notes,
    List<ConditionReport> conditions) {

  public KeyReport {
    notes = List.copyOf(notes);
    conditions = List.copyOf(conditions);
  }

  /// The current key, or the place that needs none.
  public record InUse(Optional<KeySecret> secret, String endpoint) {}

  /// Where the current key is held, and its revision.
  public record KeySecret(String name, String revision) {}

  /// How people recognise it.
  public record Shown(String masked, String fingerprint) {}

  /// The last definitive answer, or the last one that a person asked for.
  ///
  /// @param handled the wish that was answered last
  public record Checked(
      Optional<Instant> at, Optional<String> requestId, Optional<String> handled) {}

  public record Previous(String revision, Instant usableUntil) {}
}
