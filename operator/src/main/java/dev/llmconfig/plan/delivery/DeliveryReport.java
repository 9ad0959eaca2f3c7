package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.Reason;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.guest.GuestPatch;
import dev.llmconfig.guest.WorkloadKind;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.PlannedEvent;
import dev.llmconfig.plan.Wanted;
import dev.llmconfig.plan.delivery.DeliveryPlan.Behind;
import dev.llmconfig.plan.delivery.DeliveryPlan.Counts;
import dev.llmconfig.plan.rollout.Act;
import dev.llmconfig.plan.rollout.Agent;
import dev.llmconfig.plan.rollout.Ground;
import dev.llmconfig.plan.rollout.Stage;
import dev.llmconfig.plan.rollout.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the status says about a step.
final class DeliveryReport {

  private static final int MOST = 10;

  private final DeliveryObserved seen;
  private final List<HasMetadata> held;
  private final List<HasMetadata> collisions;
  private final Word word = new Word();
  private final List<Behind> behind = new ArrayList<>();

  DeliveryReport(DeliveryObserved seen, List<HasMetadata> held, List<HasMetadata> collisions) {
    this.seen = seen;
    this.held = held;
    this.collisions = collisions;
  }

  /// Where nothing is given to anybody.
  DeliveryPlan without(Optional<Wanted> wanted, List<WorkloadWrite> writes, Set<String> lost) {
    var mode = wanted.map(one -> one.revision().mode()).orElse(DeliveryMode.Env);
    var before = seen.outlook().seen().before();
    var none = mode == DeliveryMode.None && seen.outlook().mayBeDelivered();
    var condition =
        switch (mode) {
          case None ->
              seen.outlook().mayBeDelivered()
                  ? Optional.of(
                      report(
                          Truth.True,
                          ConditionReason.NothingToDeliver,
                          "Nothing is delivered in mode None."))
                  : Optional.<ConditionReport>empty();
          case Gateway, EnvFrom ->
              Optional.of(
                  report(
                      Truth.False,
                      ConditionReason.NotAvailable,
                      "Delivery mode %s is not available yet; use Env or File. Agents keep what they have."
                          .formatted(mode)));
          case Env, File -> Optional.<ConditionReport>empty();
        };
    return new DeliveryPlan(
        writes,
        List.of(),
        none ? wanted.map(DeliveryReport::applied) : before.applied(),
        before.failedRevision(),
        before.handled().retry(),
        condition,
        new Counts(held.size(), none ? held.size() : 0, 0, 0),
        List.of(),
        Optional.empty(),
        List.of(),
        anythingOfOurs() && !leaving(writes),
        seen.memory().unwell(),
        lost,
        Optional.empty());
  }

  DeliveryPlan of(
      Wanted wanted,
      List<Recipient> recipients,
      Ground ground,
      Step step,
      List<WorkloadWrite> writes,
      List<Need> needs,
      Set<String> lost) {
    recipients.forEach(one -> stand(one, step, ground));
    collisions.forEach(this::collide);
    var failed = step.failed().filter(wanted.name()::equals).isPresent();
    var before = seen.outlook().seen().before();
    var finished = step.finished() && seen.outlook().wanted().isPresent();
    return new DeliveryPlan(
        writes,
        needs,
        finished ? Optional.of(applied(wanted)) : before.applied(),
        step.failed(),
        seen.outlook().seen().declared().requests().retry().or(() -> before.handled().retry()),
        condition(wanted, recipients, ground, step),
        counts(recipients, ground, step),
        behind.stream()
            .sorted(Comparator.comparing(Behind::kind).thenComparing(Behind::name))
            .limit(MOST)
            .toList(),
        planned(recipients, step),
        events(wanted, recipients, ground, step, failed, finished),
        !seen.outlook().seen().declared().deleting()
            && (anythingOfOurs() || step.acts().containsValue(Act.CANDIDATE)),
        step.unwell(),
        lost,
        Stream.concat(step.nextLook().stream(), settled(ground).stream())
            .min(Comparator.naturalOrder()));
  }

  private static AppliedRevision applied(Wanted wanted) {
    return new AppliedRevision(wanted.name(), wanted.revision(), wanted.basis());
  }

  private boolean anythingOfOurs() {
    return seen.workloads().stream()
        .anyMatch(one -> {
          var labels = one.getMetadata().getLabels();
          return labels != null && seen.name().equals(labels.get(Labels.DELIVERED_BY));
        });
  }

  private boolean leaving(List<WorkloadWrite> writes) {
    return seen.outlook().seen().declared().deleting() && writes.isEmpty();
  }

  private Optional<Instant> settled(Ground ground) {
    return ground.leave() == Ground.Leave.PENDING
        ? seen.memory()
            .unsettledSince()
            .map(since -> since.plus(DeliveryPlanner.SETTLE))
            .filter(end -> end.isAfter(ground.now()))
        : Optional.empty();
  }

  // One by one.

  private void stand(Recipient one, Step step, Ground ground) {
    var stage = step.stages().getOrDefault(one.id(), Stage.WAITING);
    var hindrance = one.hindrance();
    switch (stage) {
      case UP_TO_DATE, ON_NEXT_RESTART -> {
        hindrance.ifPresent(why -> behind(one, why.reason().name()));
        hindrance.ifPresent(why -> word.say(why.reason(), one.text() + ": " + why.message()));
        if (hindrance.isEmpty() && !one.missingContainers().isEmpty()) {
          behind(one, ConditionReason.ContainerNotFound.name());
          word.say(
              ConditionReason.ContainerNotFound,
              "%s has no container %s"
                  .formatted(one.text(), String.join(", ", one.missingContainers())));
        }
      }
      case UNWELL -> {
        behind(one, "NotAvailable");
      }
      case BLOCKED -> {
        var reason = hindrance.map(why -> why.reason()).orElse(ConditionReason.Contested);
        var text =
            hindrance
                .map(why -> why.message())
                .orElse(
                    "somebody has put an older template back; it gets the settings with the next change, or on request by annotation "
                        + Annotations.RETRY_REQUESTED_AT);
        behind(one, reason.name());
        word.say(reason, one.text() + ": " + text);
      }
      case ROLLING -> {
        behind(one, ConditionReason.Rolling.name());
        word.say(ConditionReason.Rolling, one.text());
      }
      case WAITING -> {
        if (waits(ground)) {
          behind(one, ConditionReason.Waiting.name());
          word.say(ConditionReason.Waiting, one.text() + paused(one));
        }
      }
      case FAILED -> {
        behind(one, ConditionReason.RolloutFailed.name());
        word.say(
            ConditionReason.RolloutFailed,
            one.text()
                + (one.agent().applied().isPresent()
                        && one.carried().filter(p -> !p.equals(one.candidate())).isPresent()
                    ? " is not available on the last good settings either"
                    : " did not become available"));
      }
      case PUT_BACK -> {
        behind(one, ConditionReason.RolledBack.name());
        word.say(ConditionReason.RolledBack, one.text() + stuck(one));
      }
    }
  }

  /// Whether what has the last good settings is behind anything.
  private boolean waits(Ground ground) {
    return switch (ground.leave()) {
      case GIVEN, NOT_APPROVED -> true;
      // It is proven, and comes to rest.
      case PENDING -> seen.outlook().mayBeDelivered();
      case REFUSED, FROZEN -> false;
    };
  }

  private static String paused(Recipient one) {
    return one.agent().held() == Agent.Held.PAUSED ? " is paused by its owner" : "";
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
        seen.holders().of(labels == null ? Map.of() : labels)
                instanceof Holders.Holder.One(var name)
            ? name
            : "";
    behind.add(
        new Behind(
            one.getKind(), one.getMetadata().getName(), ConditionReason.EnvCollision.name()));
    word.say(
        ConditionReason.EnvCollision,
        "%s %s is selected by ModelConfig %s, too, which has it"
            .formatted(one.getKind(), one.getMetadata().getName(), holder));
  }

  private void behind(Recipient one, String reason) {
    behind.add(new Behind(one.workload().kind().name(), one.workload().name(), reason));
  }

  // As a whole.

  private Counts counts(List<Recipient> recipients, Ground ground, Step step) {
    var upToDate =
        recipients.stream()
            .filter(one ->
                switch (step.stages().getOrDefault(one.id(), Stage.WAITING)) {
                  case UP_TO_DATE, ON_NEXT_RESTART -> true;
                  case WAITING -> !waits(ground) && one.carried().isPresent();
                  case UNWELL, BLOCKED, ROLLING, FAILED, PUT_BACK -> false;
                })
            .count();
    return new Counts(
        recipients.size(),
        (int) upToDate,
        (int) step.count(Stage.ROLLING),
        (int)
            (step.count(Stage.FAILED)
                + step.stages().entrySet().stream()
                    .filter(entry -> entry.getValue() == Stage.PUT_BACK)
                    .filter(entry -> step.acts().containsKey(entry.getKey()))
                    .count()));
  }

  private Optional<ConditionReport> condition(
      Wanted wanted, List<Recipient> recipients, Ground ground, Step step) {
    var declared = seen.outlook().seen().declared();
    if (declared.requests().dryRun() && ground.leave() != Ground.Leave.FROZEN) {
      return Optional.of(
          report(
              Truth.Unknown,
              ConditionReason.DryRun,
              "%d workloads would restart (status.planned); take the annotation %s away to have it done."
                  .formatted(restarts(recipients, step), Annotations.DRY_RUN)));
    }
    var reason = word.reason();
    if (ground.leave() == Ground.Leave.NOT_APPROVED && quiet(reason)) {
      return Optional.of(
          report(
              Truth.Unknown,
              ConditionReason.AwaitingApproval,
              "Revision %s restarts %d workloads and waits for approval: kubectl annotate modelconfig %s --namespace %s --overwrite %s=%s"
                  .formatted(
                      wanted.name(),
                      recipients.size(),
                      declared.ref().name(),
                      declared.ref().namespace(),
                      Annotations.APPROVED_REVISION,
                      wanted.name())));
    }
    if (reason.isPresent()) {
      return Optional.of(report(Truth.False, reason.get(), said(wanted, reason.get())));
    }
    if (ground.applied().isEmpty() && !step.finished()) {
      // Nothing was given to anybody yet, and why is said by other conditions.
      return Optional.empty();
    }
    var name = step.finished() ? wanted.name() : ground.applied().orElse(wanted.name());
    return Optional.of(
        recipients.isEmpty()
            ? report(
                Truth.True,
                ConditionReason.NothingToDeliver,
                "No workload asks for these settings; label one with %s: %s."
                    .formatted(Labels.MODEL_CONFIG, declared.ref().name()))
            : report(
                Truth.True, ConditionReason.UpToDate, "Agents have revision %s.".formatted(name)));
  }

  /// Nothing but what the approval will set going.
  private static boolean quiet(Optional<Reason> reason) {
    return reason
        .filter(one -> one != ConditionReason.Waiting && one != ConditionReason.Rolling)
        .isEmpty();
  }

  private String said(Wanted wanted, Reason reason) {
    var message = word.message();
    return reason == ConditionReason.RolledBack || reason == ConditionReason.RolloutFailed
        ? message
            + " Revision %s is not tried again until it changes; for another try: kubectl annotate modelconfig %s --namespace %s --overwrite %s=\"$(date)\""
                .formatted(
                    wanted.name(),
                    seen.name(),
                    seen.outlook().seen().declared().ref().namespace(),
                    Annotations.RETRY_REQUESTED_AT)
        : message;
  }

  private Optional<DeliveryPlan.Planned> planned(List<Recipient> recipients, Step step) {
    if (!seen.outlook().seen().declared().requests().dryRun()) {
      return Optional.empty();
    }
    var effects =
        recipients.stream()
            .flatMap(one ->
                patchOf(one, step).stream()
                    .filter(patch -> patch.effect() == GuestPatch.Effect.Template)
                    .map(_ ->
                        new DeliveryPlan.Effect(
                            one.workload().kind().name(), one.workload().name(), "Restart")))
            .toList();
    return Optional.of(
        new DeliveryPlan.Planned(effects.size(), effects.stream().limit(MOST).toList()));
  }

  private long restarts(List<Recipient> recipients, Step step) {
    return recipients.stream()
        .flatMap(one -> patchOf(one, step).stream())
        .filter(patch -> patch.effect() == GuestPatch.Effect.Template)
        .count();
  }

  /// Of the whole rollout, not only of its first step.
  private static Optional<GuestPatch> patchOf(Recipient one, Step step) {
    var stage = step.stages().getOrDefault(one.id(), Stage.WAITING);
    return stage == Stage.WAITING || stage == Stage.ROLLING
        ? one.patch(one.candidate())
        : Optional.empty();
  }

  private List<PlannedEvent> events(
      Wanted wanted,
      List<Recipient> recipients,
      Ground ground,
      Step step,
      boolean failed,
      boolean finished) {
    var events = new ArrayList<PlannedEvent>();
    var before = seen.outlook().seen().before();
    if (finished && !recipients.isEmpty()) {
      events.add(
          new PlannedEvent(
              PlannedEvent.Reason.RolloutFinished,
              "Revision %s is with %d workloads.".formatted(wanted.name(), recipients.size())));
    }
    if (failed && before.failedRevision().filter(wanted.name()::equals).isEmpty()) {
      events.add(
          new PlannedEvent(
              PlannedEvent.Reason.RolledBack,
              "Revision %s failed. %s".formatted(wanted.name(), word.message())));
    }
    var starts = step.acts().containsValue(Act.CANDIDATE) && !ground.settled();
    if (starts
        && recipients.stream()
            .noneMatch(one -> one.carried().filter(one.candidate()::equals).isPresent())) {
      events.add(
          new PlannedEvent(
              PlannedEvent.Reason.RolloutStarted,
              "Revision %s goes to %d workloads.".formatted(wanted.name(), recipients.size())));
    }
    return events;
  }

  private static ConditionReport report(Truth truth, Reason reason, String message) {
    return new ConditionReport(ConditionReport.Type.Delivered, truth, reason, message);
  }
}
