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
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides the next step of a delivery: who is given what, who is put back, who is released.
public final class DeliveryPlanner {

  private static final Comparator<HasMetadata> BY_NAME =
      Comparator.comparing((HasMetadata one) -> one.getMetadata().getName())
          .thenComparing(HasMetadata::getKind);

  private final DeliveryObserved seen;
  private final ModelOutlook outlook;
  private final Optional<AppliedRevision> before;
  private final List<HasMetadata> leaving = new ArrayList<>();
  private final Optional<Instant> handsOver;
  private boolean handingOver;
  private final List<HasMetadata> held = new ArrayList<>();
  private final List<HasMetadata> kept = new ArrayList<>();
  private final List<HasMetadata> collisions = new ArrayList<>();
  private final List<WorkloadWrite> writes = new ArrayList<>();
  private final Set<Need> needs = new LinkedHashSet<>();
  private final Set<String> lost = new HashSet<>();

  private DeliveryPlanner(DeliveryObserved seen) {
    this.seen = seen;
    this.outlook = seen.outlook();
    this.handsOver = seen.handsOverUntil();
    this.before = outlook.seen().before().applied();
  }

  public static DeliveryPlan plan(DeliveryObserved seen) {
    var planner = new DeliveryPlanner(seen);
    var plan = planner.plan();
    return planner.handingOver ? planner.handsOver.map(plan::handingOver).orElse(plan) : plan;
  }

  private DeliveryPlan plan() {
    seen.workloads().stream().sorted(BY_NAME).forEach(this::sort);
    if (!dryRun() || outlook.seen().declared().deleting()) {
      leaving.forEach(this::release);
    }
    var wanted = subject();
    if (wanted.isEmpty()) {
      return new NothingGiven(seen, held, leaving).plan(writes, lost);
    }
    var round = round(wanted.get());
    if (!dryRun()) {
      round.secret().content(round).ifPresent(needs::add);
      round.recipients().forEach(one -> carryOut(one, round));
      kept.forEach(one -> needed(recipient(one, wanted.get())));
    }
    return new DeliveryReport(round, collisions, leaving).plan(writes, List.copyOf(needs), lost);
  }

  private Round round(Wanted wanted) {
    var recipients = held.stream().map(one -> recipient(one, wanted)).toList();
    var secret = SharedSecret.of(seen, wanted, before);
    var ground = ground(wanted, secret, recipients);
    return Round.of(seen, wanted, secret, recipients, ground);
  }

  private Recipient recipient(HasMetadata one, Wanted wanted) {
    return Recipient.of(seen, one, wanted, before, requested());
  }

  private boolean dryRun() {
    return outlook.seen().declared().requests().dryRun();
  }

  // Whose is what.

  private void sort(HasMetadata one) {
    if (one.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    var labels = Optional.ofNullable(one.getMetadata().getLabels()).orElse(Map.of());
    var deleting = outlook.seen().declared().deleting();
    switch (seen.holders().of(labels)) {
      case Holders.Holder.One(var name) when name.equals(seen.name()) -> keep(one);
      case Holders.Holder.One _ -> {
        if (marked(one)) {
          (deleting ? destination() : kept).add(one);
        }
        if (!deleting && seen.holders().selects(seen.name(), labels)) {
          collisions.add(one);
        }
      }
      case Holders.Holder.NoDefault _ -> {
        if (marked(one)) {
          (deleting ? leaving : kept).add(one);
        }
      }
      case Holders.Holder.Nobody _ -> {
        if (marked(one)) {
          leaving.add(one);
        }
      }
    }
  }

  /// In mode None it is known, and nothing is given to it.
  private void keep(HasMetadata one) {
    held.add(one);
    if (marked(one) && mode(outlook.wanted()) == DeliveryMode.None && outlook.mayBeDelivered()) {
      leaving.add(one);
    }
  }

  /// Of one on its way out. To be released by it and given to by another would be two restarts.
  private List<HasMetadata> destination() {
    if (handsOver.isEmpty()) {
      return leaving;
    }
    handingOver = true;
    return kept;
  }

  private boolean marked(HasMetadata one) {
    var labels = one.getMetadata().getLabels();
    return labels != null && seen.name().equals(labels.get(Labels.DELIVERED_BY));
  }

  // What is done.

  /// The settings that are to be had. While what is declared cannot be used or is not available, it
  /// is the last good ones.
  private Optional<Wanted> subject() {
    var wanted = outlook.wanted().filter(one -> given(one.revision().mode()));
    if (wanted.isPresent()) {
      return wanted;
    }
    return mode(outlook.wanted()) == DeliveryMode.None && outlook.mayBeDelivered()
        ? Optional.empty()
        : before.filter(last -> given(last.settings().mode())).flatMap(this::asWanted);
  }

  private Optional<Wanted> asWanted(AppliedRevision last) {
    return OwnChoice.profile(seen, last)
        .map(profile -> new Wanted(last.name(), last.settings(), last.basis(), profile));
  }

  private static DeliveryMode mode(Optional<Wanted> wanted) {
    return wanted.map(one -> one.revision().mode()).orElse(DeliveryMode.Env);
  }

  private static boolean given(DeliveryMode mode) {
    return switch (mode) {
      case None, Gateway -> false;
      case Env, EnvFrom, File -> true;
    };
  }

  private Ground ground(Wanted wanted, SharedSecret secret, List<Recipient> recipients) {
    var delivery = outlook.seen().declared().delivery();
    return new Ground(
        wanted.name(),
        before.map(AppliedRevision::name),
        failed(),
        outlook.seen().before().failedRevision().filter(wanted.name()::equals).isPresent(),
        leave(wanted),
        delivery.rollout().maxParallel(),
        delivery.rollout().minInterval(),
        delivery.rollback() == Rollback.OnFailure,
        secret.shared(),
        recipients.stream().map(Recipient::agent).toList(),
        seen.memory().unwell(),
        seen.memory().handedOver(),
        tried(wanted, recipients),
        outlook.seen().now());
  }

  private Set<String> tried(Wanted wanted, List<Recipient> recipients) {
    var told = FailuresTold.of(outlook.seen().before(), wanted.name());
    return recipients.stream()
        .filter(told::name)
        .map(one -> one.id().uid())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<String> failed() {
    return seen.memory()
        .failed()
        .or(() -> requested() ? Optional.empty() : outlook.seen().before().failedRevision());
  }

  private Ground.Leave leave(Wanted wanted) {
    var declared = outlook.seen().declared();
    if (declared.suspended() || declared.deleting()) {
      return Ground.Leave.FROZEN;
    }
    if (!outlook.wanted().equals(Optional.of(wanted))) {
      return Ground.Leave.WITHHELD;
    }
    if (!outlook.mayBeDelivered()) {
      return outlook.refused() ? Ground.Leave.REFUSED : Ground.Leave.PENDING;
    }
    if (seen.settlesUntil().isPresent()) {
      return Ground.Leave.PENDING;
    }
    return declared.delivery().rollout().policy() == RolloutPolicy.Manual
            && before.filter(last -> last.name().equals(wanted.name())).isEmpty()
            && declared.requests().approved().filter(wanted.name()::equals).isEmpty()
        ? Ground.Leave.NOT_APPROVED
        : Ground.Leave.GIVEN;
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

  private void carryOut(Recipient one, Round round) {
    var act = Optional.ofNullable(round.step().acts().get(one.id()));
    if (act.isPresent()) {
      switch (act.get()) {
        case CANDIDATE -> give(one, one.candidate());
        case APPLIED -> one.applied().ifPresent(parcel -> give(one, parcel));
        case RELEASE -> write(one.object(), one.release(), List.of());
      }
    } else {
      needed(one);
      one.carried()
          .filter(parcel -> !overtaken(one, parcel, round))
          .ifPresent(parcel -> repair(one, parcel, round));
    }
  }

  /// What its template names comes back when somebody has deleted it.
  private void needed(Recipient one) {
    var declared = outlook.seen().declared();
    if (!declared.suspended() && !declared.deleting()) {
      one.named().forEach(needs::add);
    }
  }

  /// Who asks for another try means the settings that come: to bring back first what a person has
  /// changed of the old ones would be a restart more, and outside of any turn.
  private static boolean overtaken(Recipient one, Parcel parcel, Round round) {
    return one.requested()
        && !parcel.equals(one.candidate())
        && round.ground().leave() == Ground.Leave.GIVEN
        && !round.failed();
  }

  private void give(Recipient one, Parcel parcel) {
    if (parcel instanceof Parcel.Ready ready) {
      one.patch(parcel)
          .filter(patch -> patch.obstacles().isEmpty())
          .ifPresent(patch -> write(one.object(), patch, ready.needs()));
    }
  }

  /// It carries the name of what it should have: what somebody has removed of it comes back, and
  /// what somebody has taken is given up.
  private void repair(Recipient one, Parcel parcel, Round round) {
    var ground = round.ground();
    if (!(parcel instanceof Parcel.Ready ready)
        || ground.still()
        || (one.onRestart() && !ground.settled() && ground.leave() != Ground.Leave.GIVEN)
        || round.agent(one).held() == Agent.Held.PAUSED
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
    var patch =
        outlook
            .wanted()
            .or(() -> before.flatMap(this::asWanted))
            .map(wanted -> recipient(one, wanted).release())
            .orElseGet(() -> Guest.release(Workload.of(one), OwnChoice.variables(seen, one)));
    write(one, patch, List.of());
  }

  private void write(HasMetadata object, GuestPatch patch, List<Need> first) {
    if (patch.body().isPresent()) {
      writes.add(new WorkloadWrite(object, patch, first));
    }
  }
}
