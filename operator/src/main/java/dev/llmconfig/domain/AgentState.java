package dev.llmconfig.domain;

import dev.llmconfig.api.ConditionReason;

/// Where an agent stands with its settings, in the words of the page and of metrics.
public enum AgentState {
  UpToDate,
  /// It has them, and its pods get them when somebody restarts them.
  OnNextRestart,
  /// Its pods are being replaced.
  Rolling,
  /// Its turn has not come.
  Waiting,
  /// Something of its own is in the way, and a person must act.
  Behind,
  /// It is on the last good settings, because the new ones have failed.
  RolledBack,
  /// It did not become available.
  Failed,
  /// It is a file, and there is no cluster that runs it.
  Planned;

  /// Of one that the status names as behind, for this reason.
  public static AgentState behind(String reason) {
    for (var one : ConditionReason.values()) {
      if (one.name().equals(reason)) {
        return behind(one);
      }
    }
    return Behind;
  }

  private static AgentState behind(ConditionReason reason) {
    return switch (reason) {
      case Rolling -> Rolling;
      case Waiting, AwaitingApproval, DryRun -> Waiting;
      case RolledBack -> RolledBack;
      case RolloutFailed -> Failed;
      default -> Behind;
    };
  }
}
