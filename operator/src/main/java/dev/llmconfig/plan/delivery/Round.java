package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.RolloutPolicy;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.plan.Wanted;
import dev.llmconfig.plan.rollout.Act;
import dev.llmconfig.plan.rollout.Agent;
import dev.llmconfig.plan.rollout.Ground;
import dev.llmconfig.plan.rollout.Hindrance;
import dev.llmconfig.plan.rollout.Rollout;
import dev.llmconfig.plan.rollout.Stage;
import dev.llmconfig.plan.rollout.Step;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One step for all workloads of a ModelConfig, as it was decided.
///
/// @param agents the recipients as the engine sees them, by id
/// @param wanted the settings that the step is about: the declared ones, or while those cannot be
///   used the last good ones
record Round(
    DeliveryObserved seen,
    Wanted wanted,
    SharedSecret secret,
    List<Recipient> recipients,
    Map<Agent.Id, Agent> agents,
    Ground ground,
    Step step) {

  Round {
    recipients = List.copyOf(recipients);
    agents = Map.copyOf(agents);
  }

  static Round of(
      DeliveryObserved seen,
      Wanted wanted,
      SharedSecret secret,
      List<Recipient> recipients,
      Ground ground) {
    var agents = ground.agents().stream().collect(Collectors.toMap(Agent::id, Function.identity()));
    return new Round(seen, wanted, secret, recipients, agents, ground, Rollout.step(ground));
  }

  /// As the step has seen it: to look at it again means to plan its patch again.
  Agent agent(Recipient one) {
    return Objects.requireNonNull(agents.get(one.id()));
  }

  ModelSettings declared() {
    return seen.outlook().seen().declared();
  }

  /// Where it is when the step has been carried out, or where it stays when it only was asked for.
  Stage stage(Recipient one) {
    return dryRun() && act(one).isPresent()
        ? Stage.WAITING
        : step.stages().getOrDefault(one.id(), Stage.WAITING);
  }

  Optional<Act> act(Recipient one) {
    return Optional.ofNullable(step.acts().get(one.id()));
  }

  boolean dryRun() {
    return declared().requests().dryRun();
  }

  boolean failed() {
    return step.failed().filter(wanted.name()::equals).isPresent();
  }

  /// Whether the declared settings are the last good ones from now on: not while an object that all
  /// would need cannot be had, and not where it only was asked what would be done.
  boolean finished() {
    return step.finished()
        && !dryRun()
        && lacksSecret().isEmpty()
        && recipients.stream().noneMatch(Recipient::lacksAnObject);
  }

  /// Why the Secret of mode EnvFrom cannot be had: it is made also while nobody reads it.
  Optional<Hindrance> lacksSecret() {
    return secret
        .candidate()
        .flatMap(one -> Optional.ofNullable(seen.memory().missing().get(one.id())));
  }

  /// Whether agents get the settings from their Secret, when somebody restarts them.
  boolean onRestart() {
    return secret.candidate().isPresent()
        && declared().delivery().rollout().policy() == RolloutPolicy.OnRestart;
  }

  /// Whether those who read one Secret go back to the last good settings.
  boolean goesBack() {
    return ground.shared() && failed() && ground.putsBack() && ground.told();
  }

  /// Whether what has the last good settings is behind anything.
  boolean waits() {
    return switch (ground.leave()) {
      case GIVEN, NOT_APPROVED -> true;
      // It is proven, and comes to rest.
      case PENDING -> seen.outlook().mayBeDelivered();
      case REFUSED, WITHHELD, FROZEN -> false;
    };
  }
}
