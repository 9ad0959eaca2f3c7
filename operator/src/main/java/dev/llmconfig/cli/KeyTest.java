package dev.llmconfig.cli;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.ModelCheck;
import dev.llmconfig.provider.Models;
import dev.llmconfig.provider.Note;
import dev.llmconfig.provider.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a test by hand found.
///
/// @param finding what it comes down to: the key's, or the model's where only the model is refused
record KeyTest(
    Target target,
    Optional<String> model,
    Finding finding,
    VerdictKind kind,
    Models models,
    Optional<ModelCheck> modelCheck,
    List<Note> notes,
    Instant checkedAt,
    Duration took) {

  /// 0 yes, 1 no, 2 nobody knows.
  int exitCode() {
    return switch (kind) {
      case Accepted -> 0;
      case Refused -> Refusal.NEGATIVE;
      case Transient -> Refusal.USAGE;
    };
  }

  String sentence() {
    return finding.reason().sentence(target.names(model, Optional.empty()));
  }

  String nextStep() {
    return finding.reason().nextStep(target.names(model, Optional.empty()));
  }
}
