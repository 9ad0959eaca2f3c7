package dev.llmconfig.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the status of an ApiKeyConfig shall say. It holds no key.
public record KeyReport(
    long observedGeneration,
    Optional<InUse> inUse,
    Optional<Shown> shown,
    Optional<String> candidate,
    Optional<Previous> previous,
    List<ConditionReport> conditions) {

  public KeyReport {
    conditions = List.copyOf(conditions);
  }

  /// The current key.
  public record InUse(String secretName, String revision, String endpoint) {}

  /// How people recognise it.
  public record Shown(String masked, String fingerprint) {}

  public record Previous(String revision, Instant usableUntil) {}
}
