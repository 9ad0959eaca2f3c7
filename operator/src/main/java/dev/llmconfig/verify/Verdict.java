package dev.llmconfig.verify;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import java.time.Instant;

/// An answer, and how much it may change.
public record Verdict(Subject subject, Outcome outcome, VerdictKind kind, Instant at) {

  public VerdictReason reason() {
    return outcome.finding().reason();
  }
}
