package dev.llmconfig.verify;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Whether a test by hand was begun.
public sealed interface Trial {

  /// Ends with the outcome, or cancelled if nobody could be asked.
  record Started(CompletableFuture<Outcome> outcome) implements Trial {}

  /// This key was tested by hand a moment ago.
  record TooSoon(Duration left) implements Trial {}
}
