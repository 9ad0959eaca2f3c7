package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.Rollback;
import dev.llmconfig.api.RolloutPolicy;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.guest.Guest;
import dev.llmconfig.guest.GuestPatch;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.Wanted;
import dev.llmconfig.plan.rollout.Agent;
import dev.llmconfig.plan.rollout.Ground;
import dev.llmconfig.plan.rollout.Rollout;
import dev.llmconfig.plan.rollout.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Decides the next step of a delivery: who is given what, who is put back, who is released.
public final class DeliveryPlanner {

  /// A change of key, place or model comes to rest first: often it is two writes.
  static final Duration SETTLE = Duration.ofSeconds(1);

  private final DeliveryObserved seen;
  private final ModelOutlook outlook;
  private final Optional<AppliedRevision> before;
  private final List<HasMetadata> leaving = new ArrayList<>();
  private boolean handingOver;
  private final List<HasMetadata> held = new ArrayList<>();
  private final List<HasMetadata> collisions = new ArrayList<>();
  private final List<WorkloadWrite> writes = new ArrayList<>();
  private final Set<Need> needs = new LinkedHashSet<>();
  private final Set<String> lost = new HashSet<>();

  private DeliveryPlanner(DeliveryObserved seen) {
    this.seen = seen;
    this.outlook = seen.outlook();
    this.before = outlook.seen().before().applied();
  }

  public static DeliveryPlan plan(DeliveryObserved seen) {
    var planner = new DeliveryPlanner(seen);
    var plan = planner.plan();
    return planner.handingOver ? seen.patience().map(plan::handingOver).orElse(plan) : plan;
  }

  private DeliveryPlan plan() {
    seen.workloads().forEach(this::sort);
    leaving.forEach(this::release);
    var wanted = subject();
    if (wanted.isEmpty() || nothingToGive(wanted.get())) {
      if (mode(wanted) == DeliveryMode.None && outlook.mayBeDelivered()) {
        held.stream().filter(this::marked).forEach(this::release);
      }
      return new DeliveryReport(seen, held, collisions).without(wanted, writes, lost);
    }
    var recipients =
        held.stream()
            .map(one -> Recipient.of(seen, one, wanted.get(), before, requested()))
            .toList();
    var ground = ground(wanted.get(), recipients);
    var step = Rollout.step(ground);
    if (!outlook.seen().declared().requests().dryRun()) {
      recipients.forEach(one -> carryOut(one, step, ground));
    }
    return new DeliveryReport(seen, held, collisions)
        .of(wanted.get(), recipients, ground, step, writes, List.copyOf(needs), lost);
  }

  // Whose is what.

  private void sort(HasMetadata one) {
    var labels = Optional.ofNullable(one.getMetadata().getLabels()).orElse(Map.of());
    if (one.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    var deleting = outlook.seen().declared().deleting();
    switch (seen.holders().of(labels)) {
      case Holders.Holder.One(var name) when name.equals(seen.name()) -> held.add(one);
      case Holders.Holder.One _ -> {
        if (deleting && marked(one)) {
          // To be released and given to would be two restarts.
          if (seen.patience().filter(outlook.seen().now()::isBefore).isPresent()) {
            handingOver = true;
          } else {
            leaving.add(one);
          }
        } else if (!deleting && seen.holders().selects(seen.name(), labels)) {
          collisions.add(one);
        }
      }
      case Holders.Holder.NoDefault _ -> {
        if (deleting && marked(one)) {
          leaving.add(one);
        }
      }
      case Holders.Holder.Nobody _ -> {
        if (marked(one)) {
          leaving.add(one);
        }
      }
    }
  }

  private boolean marked(HasMetadata one) {
    var labels = one.getMetadata().getLabels();
    return labels != null && seen.name().equals(labels.get(Labels.DELIVERED_BY));
  }

  // What is done.

  /// The settings that are to be had; while what is declared cannot be used, the last good ones.
  private Optional<Wanted> subject() {
    return outlook.wanted().or(() -> before.flatMap(this::asWanted));
  }

  private Optional<Wanted> asWanted(AppliedRevision last) {
    var profiles = outlook.seen().profiles();
    var label = last.settings().profile().label();
    return profiles
        .find(label)
        .or(() -> profiles.find(label.replaceFirst("@.*", "")))
        .map(profile -> new Wanted(last.name(), last.settings(), last.basis(), profile));
  }

  private static DeliveryMode mode(Optional<Wanted> wanted) {
    return wanted.map(one -> one.revision().mode()).orElse(DeliveryMode.Env);
  }

  private static boolean nothingToGive(Wanted wanted) {
    return switch (wanted.revision().mode()) {
      case None, Gateway, EnvFrom -> true;
      case Env, File -> false;
    };
  }

  private Ground ground(Wanted wanted, List<Recipient> recipients) {
    var delivery = outlook.seen().declared().delivery();
    return new Ground(
        wanted.name(),
        before.map(AppliedRevision::name),
        failed(),
        leave(wanted),
        delivery.rollout().maxParallel(),
        delivery.rollout().minInterval(),
        delivery.rollback() == Rollback.OnFailure,
        recipients.stream().map(Recipient::agent).toList(),
        seen.memory().unwell(),
        outlook.seen().now());
  }

  private Optional<String> failed() {
    return seen.memory()
        .failed()
        .or(() -> requested() ? Optional.empty() : outlook.seen().before().failedRevision());
  }

  private Ground.Leave leave(Wanted wanted) {
    var declared = outlook.seen().declared();
    if (outlook.wanted().isEmpty() || declared.suspended() || declared.deleting()) {
      return Ground.Leave.FROZEN;
    }
    if (!outlook.mayBeDelivered()) {
      return outlook.refused() ? Ground.Leave.REFUSED : Ground.Leave.PENDING;
    }
    if (settlesUntil().filter(end -> end.isAfter(outlook.seen().now())).isPresent()) {
      return Ground.Leave.PENDING;
    }
    return declared.delivery().rollout().policy() == RolloutPolicy.Manual
            && before.filter(last -> last.name().equals(wanted.name())).isEmpty()
            && declared.requests().approved().filter(wanted.name()::equals).isEmpty()
        ? Ground.Leave.NOT_APPROVED
        : Ground.Leave.GIVEN;
  }

  private Optional<Instant> settlesUntil() {
    return seen.memory().unsettledSince().map(since -> since.plus(SETTLE));
  }

  /// Whether a person asks for another try that was not given yet.
  private boolean requested() {
    var handled = outlook.seen().before().handled().retry();
    return outlook
        .seen()
        .declared()
        .requests()
        .retry()
        .filter(wish -> handled.filter(wish::equals).isEmpty())
        .isPresent();
  }

  private void carryOut(Recipient one, Step step, Ground ground) {
    var act = Optional.ofNullable(step.acts().get(one.id()));
    if (act.isPresent()) {
      switch (act.get()) {
        case CANDIDATE -> give(one, one.candidate());
        case APPLIED -> one.applied().ifPresent(parcel -> give(one, parcel));
        case RELEASE -> write(one.object(), one.release(), List.of());
      }
    } else {
      one.carried().ifPresent(parcel -> repair(one, parcel, ground));
    }
  }

  private void give(Recipient one, Parcel parcel) {
    if (parcel instanceof Parcel.Ready ready) {
      one.patch(parcel).ifPresent(patch -> write(one.object(), patch, ready.needs()));
    }
  }

  /// It carries the name of what it should have: what is gone of it comes back, and what somebody
  /// has taken is given up.
  private void repair(Recipient one, Parcel parcel, Ground ground) {
    var declared = outlook.seen().declared();
    if (!(parcel instanceof Parcel.Ready ready) || declared.suspended() || declared.deleting()) {
      return;
    }
    needs.addAll(ready.needs());
    if (ground.leave() == Ground.Leave.FROZEN
        || one.agent().held() == Agent.Held.PAUSED
        || seen.memory().refused().containsKey(one.workload().uid())) {
      return;
    }
    one.patch(parcel)
        .ifPresent(patch -> {
          if (!patch.lost().isEmpty()) {
            lost.add(one.workload().uid());
          }
          write(one.object(), patch, ready.needs());
        });
  }

  private void release(HasMetadata one) {
    if (seen.memory().refused().containsKey(one.getMetadata().getUid())) {
      return;
    }
    var known = new HashSet<String>();
    Stream.concat(outlook.wanted().stream(), before.flatMap(this::asWanted).stream())
        .forEach(wanted ->
            known.addAll(
                Parcel.of(
                            wanted.name(),
                            wanted.revision(),
                            wanted.basis(),
                            wanted.profile(),
                            Optional.empty(),
                            seen.name())
                        instanceof Parcel.Ready ready
                    ? ready.variables()
                    : Set.<String>of()));
    write(one, Guest.release(Workload.of(one), known), List.of());
  }

  private void write(HasMetadata object, GuestPatch patch, List<Need> first) {
    if (patch.body().isPresent()) {
      writes.add(new WorkloadWrite(object, patch, first));
    }
  }
}
