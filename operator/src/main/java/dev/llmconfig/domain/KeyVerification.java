package dev.llmconfig.domain;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerificationMode;
import java.time.Duration;
import java.util.Optional;

/// Whether, how and how often a key is asked of its provider.
public record KeyVerification(VerificationMode mode, Probe probe, Duration interval) {

  /// Whether a key must prove itself before it is used.
  public boolean required() {
    return mode != VerificationMode.Disabled;
  }

  /// How often a key that was accepted is looked at again; empty for never.
  public Optional<Duration> every() {
    return mode == VerificationMode.OnChangeAndPeriodic ? Optional.of(interval) : Optional.empty();
  }
}
