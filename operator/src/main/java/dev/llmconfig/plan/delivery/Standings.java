package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.Reason;
import dev.llmconfig.guest.WorkloadKind;
import dev.llmconfig.plan.delivery.DeliveryPlan.Behind;
import dev.llmconfig.plan.rollout.Agent;
import dev.llmconfig.plan.rollout.Hindrance;
import dev.llmconfig.plan.rollout.Progress;
import dev.llmconfig.plan.rollout.Stage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Where each workload stands, in words: why it is behind, and what to do about it.
final class Standings {

  private static final int MOST = 10;

  private final Round round;
  private final Word word = new Word();
  private final List<Behind> behind = new ArrayList<>();

  Standings(Round round, List<HasMetadata> collisions) {
    this.round = round;
    // Who failed is what a person looks for, and not all can be named.
    round.recipients().stream()
        .sorted(Comparator.comparing(one -> !hasFailed(one) && !hadFailed(one)))
        .forEach(this::stand);
    collisions.forEach(this::collide);
    // With agents, each of them says so.
    if (round.recipients().isEmpty()) {
      round.lacksSecret().ifPresent(why -> word.say(why.reason(), why.message()));
    }
  }

  Word word() {
    return word;
  }

  List<Behind> behind() {
    return behind.stream()
        .sorted(Comparator.comparing(Behind::kind).thenComparing(Behind::name))
        .limit(MOST)
        .toList();
  }

  private void stand(Recipient one) {
    switch (round.stage(one)) {
      case UP_TO_DATE, ON_NEXT_RESTART -> upToDate(one);
      // It carries the settings; that it was not available before is its owner's business.
      case UNWELL -> {}
      case BLOCKED ->
          agent(one).hindrance().ifPresentOrElse(why -> hindered(one, why), () -> undone(one));
      case ROLLING -> says(one, ConditionReason.Rolling, "");
      case WAITING -> {
        if (round.waits() || round.act(one).isPresent()) {
          says(one, ConditionReason.Waiting, paused(one));
        }
      }
      case FAILED -> says(one, ConditionReason.RolloutFailed, notAvailable(one));
      case PUT_BACK -> says(one, ConditionReason.RolledBack, putBack(one));
    }
  }

  private void upToDate(Recipient one) {
    agent(one)
        .hindrance()
        .ifPresentOrElse(
            why -> hindered(one, why),
            () -> {
              if (!one.missingContainers().isEmpty()) {
                says(
                    one,
                    ConditionReason.ContainerNotFound,
                    " has no container %s; its others are served"
                        .formatted(String.join(", ", one.missingContainers())));
              }
            });
  }

  private void hindered(Recipient one, Hindrance why) {
    says(one, why.reason(), ": " + why.message());
  }

  /// Whoever did that had a reason.
  private void undone(Recipient one) {
    says(
        one,
        ConditionReason.Contested,
        ": somebody has put an older template back, as kubectl rollout undo does; it stays until the next change of the settings"
            + (one.readsSecret() ? ", but its pods read the present ones from their Secret" : ""));
  }

  private String paused(Recipient one) {
    return agent(one).held() == Agent.Held.PAUSED
        ? " is paused by its owner, and gets the settings when it is resumed"
        : "";
  }

  private String notAvailable(Recipient one) {
    return agent(one).applied().isPresent()
            && one.carried().filter(carried -> !carried.equals(one.candidate())).isPresent()
        ? FailuresTold.NOT_EITHER + "; look at its pods"
        : FailuresTold.DID_NOT + "; look at its pods" + stuck(one);
  }

  private String putBack(Recipient one) {
    if (one.foreign() || round.ground().settled()) {
      return " keeps what it has";
    }
    if (goesAlong(one)) {
      return " goes back to the last good settings, because its Secret did";
    }
    var failed = hasFailed(one);
    if (agent(one).applied().isPresent()) {
      if (failed) {
        return FailuresTold.DID_NOT + ", and gets the last good settings back" + stuck(one);
      }
      return hadFailed(one)
          ? FailuresTold.DID_NOT + ", and has the last good settings again" + stuck(one)
          : " keeps the last good settings" + stuck(one);
    }
    if (failed) {
      return FailuresTold.DID_NOT + ", and is released" + stuck(one);
    }
    return (hadFailed(one) ? FailuresTold.DID_NOT + ", and" : "")
        + " is as its owner wrote it"
        + stuck(one);
  }

  /// Before it was put back.
  private boolean hadFailed(Recipient one) {
    return round.stage(one) == Stage.PUT_BACK
        && FailuresTold.of(round.seen().outlook().seen().before(), round.wanted().name()).name(one);
  }

  private Agent agent(Recipient one) {
    return round.agent(one);
  }

  /// Whether nothing is wrong with it, but it reads one Secret with somebody.
  private boolean goesAlong(Recipient one) {
    return round.ground().shared()
        && agent(one).hasCandidate()
        && !(agent(one).progress() instanceof Progress.Failed);
  }

  /// What Kubernetes itself does not heal.
  private static String stuck(Recipient one) {
    return one.workload().kind() == WorkloadKind.StatefulSet
        ? " (if a pod of it stays broken, delete that pod: Kubernetes does not replace it)"
        : "";
  }

  private void collide(HasMetadata one) {
    var labels = one.getMetadata().getLabels();
    var holder =
        round.seen().holders().of(labels == null ? Map.of() : labels)
                instanceof Holders.Holder.One(var name)
            ? name
            : "";
    behind.add(
        new Behind(
            one.getKind(), one.getMetadata().getName(), ConditionReason.EnvCollision.name()));
    word.say(
        ConditionReason.EnvCollision,
        "%s %s is selected by ModelConfig %s, too, which is older and has it; narrow one of the selectors, or label it with %s"
            .formatted(one.getKind(), one.getMetadata().getName(), holder, Labels.MODEL_CONFIG));
  }

  private void says(Recipient one, Reason reason, String text) {
    behind.add(new Behind(one.workload().kind().name(), one.workload().name(), reason.name()));
    word.say(reason, one.text() + text);
  }

  DeliveryPlan.Counts counts() {
    var step = round.step();
    return new DeliveryPlan.Counts(
        round.recipients().size(),
        (int) round.recipients().stream().filter(this::hasIt).count(),
        (int) step.count(Stage.ROLLING),
        (int) round.recipients().stream().filter(this::hasFailed).count());
  }

  private boolean hasIt(Recipient one) {
    return switch (round.stage(one)) {
      case UP_TO_DATE, ON_NEXT_RESTART, UNWELL -> agent(one).hindrance().isEmpty();
      case WAITING -> !round.waits() && one.carried().isPresent();
      case BLOCKED, ROLLING, FAILED, PUT_BACK -> false;
    };
  }

  private boolean hasFailed(Recipient one) {
    return switch (round.stage(one)) {
      case FAILED -> true;
      case PUT_BACK -> !goesAlong(one) && (round.act(one).isPresent() || agent(one).hasCandidate());
      case UP_TO_DATE, ON_NEXT_RESTART, UNWELL, WAITING, BLOCKED, ROLLING -> false;
    };
  }
}
