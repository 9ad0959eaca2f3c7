package dev.llmconfig.domain;

import dev.llmconfig.api.ConditionReason;
import java.util.Arrays;
import java.util.Optional;

/// Where a ModelConfig stands, in the words of the page and of every list.
public enum ModelPhase {
  /// All of its agents run it.
  Ready,
  Rolling,
  /// Its turn, its key or somebody's word has not come.
  Waiting,
  /// Something of an agent is in the way, and a person must act.
  Behind,
  RolledBack,
  Failed,
  /// It cannot be used as it is declared, or the provider has refused it.
  Refused,
  Pending,
  /// The provider cannot be heard.
  Unknown,
  Suspended,
  Deleting;

  /// What a status says.
  ///
  /// @param deleting the object waits for a finalizer
  /// @param current the status is about the spec as it is now (traps R9)
  /// @param ready status of the condition `Ready`, empty for none
  /// @param reason its reason
  public record Signs(boolean deleting, boolean current, String ready, String reason) {}

  /// The one rule.
  public static ModelPhase of(Signs signs) {
    if (signs.deleting()) {
      return Deleting;
    }
    if (!signs.current() || signs.ready().isEmpty()) {
      return Pending;
    }
    if (signs.ready().equals("True")) {
      return Ready;
    }
    return reason(signs.reason())
        .map(ModelPhase::because)
        // A word of the provider's: about weather, or about the model.
        .orElse(signs.ready().equals("Unknown") ? Unknown : Refused);
  }

  private static Optional<ConditionReason> reason(String name) {
    return Arrays.stream(ConditionReason.values())
        .filter(one -> one.name().equals(name))
        .findFirst();
  }

  private static ModelPhase because(ConditionReason reason) {
    return switch (reason) {
      case Suspended -> Suspended;
      case Deleting -> Deleting;
      case Pending -> Pending;
      case KeyNotFound, KeyNotReady -> Waiting;
      case Rolling, Waiting, AwaitingApproval, DryRun -> of(AgentState.behind(reason.name()));
      case EnvOwnedByAnotherManager,
          EnvFromNotReferenced,
          ContainerNotFound,
          EnvCollision,
          ShadowedEnv,
          NotAvailable,
          RolloutFailed,
          RolledBack,
          Contested ->
          of(AgentState.behind(reason.name()));
      default -> Refused;
    };
  }

  private static ModelPhase of(AgentState agents) {
    return switch (agents) {
      case UpToDate, OnNextRestart, Planned -> Ready;
      case Rolling -> Rolling;
      case Waiting -> Waiting;
      case Behind -> Behind;
      case RolledBack -> RolledBack;
      case Failed -> Failed;
    };
  }
}
