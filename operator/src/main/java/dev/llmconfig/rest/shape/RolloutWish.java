package dev.llmconfig.rest.shape;

import org.jspecify.annotations.Nullable;

/// What a person says about a rollout.
///
/// @param revision which one may go; needed for Approve
public record RolloutWish(Action action, @Nullable String revision) {

  /// Let a waiting revision go, or try a failed one again.
  public enum Action {
    Approve,
    Retry
  }
}
