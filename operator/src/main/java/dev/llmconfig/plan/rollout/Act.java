package dev.llmconfig.plan.rollout;

/// What is done to an agent in a step.
public enum Act {
  CANDIDATE,
  APPLIED,
  /// As its owner wrote it.
  RELEASE
}
