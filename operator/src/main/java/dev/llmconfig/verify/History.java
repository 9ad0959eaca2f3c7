package dev.llmconfig.verify;

import dev.llmconfig.api.VerdictKind;
import java.time.Instant;
import java.util.Optional;

/// What the status remembers, so that a restart asks nobody again.
///
/// @param acceptedBefore whether this endpoint has ever accepted this key
/// @param keyRefusedSince since when the condition has said KeyRefused, while it does
/// @param known the last verdict on this very subject
public record History(
    boolean acceptedBefore, Optional<Instant> keyRefusedSince, Optional<Known> known) {

  /// Nothing is remembered.
  public static final History NONE = new History(false, Optional.empty(), Optional.empty());

  /// A verdict of an earlier life.
  public record Known(VerdictKind kind, Instant at) {}
}
