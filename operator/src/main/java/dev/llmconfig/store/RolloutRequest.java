package dev.llmconfig.store;

/// What a person says about a rollout.
public sealed interface RolloutRequest {

  record Approve(String revision) implements RolloutRequest {}

  record Retry() implements RolloutRequest {}
}
