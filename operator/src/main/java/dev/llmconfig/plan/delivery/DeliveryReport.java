package dev.llmconfig.plan.delivery;

import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.plan.RememberedModel;
import dev.llmconfig.plan.rollout.Act;
import dev.llmconfig.plan.rollout.Ground;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the status says about a step.
///
/// @param collisions workloads that another ModelConfig has
/// @param leaving workloads of which everything is taken away
record DeliveryReport(Round round, List<HasMetadata> collisions, List<HasMetadata> leaving) {

  DeliveryPlan plan(List<WorkloadWrite> writes, List<Need> needs, Set<String> lost) {
    var standings = new Standings(round, collisions);
    var effects = DryRun.effects(round, leaving);
    var step = round.step();
    var memory = round.seen().memory();
    return new DeliveryPlan(
        writes,
        needs,
        round.finished() ? Optional.of(applied()) : before().applied(),
        step.failed(),
        retry(),
        new DeliveredCondition(round, standings.word(), effects.size()).report(),
        standings.counts(),
        standings.behind(),
        DryRun.planned(round.declared(), effects),
        new DeliveryEvents(round, standings.word(), standings.counts()).events(),
        guarded(needs),
        round.dryRun() ? memory.unwell() : step.unwell(),
        round.dryRun() ? memory.handedOver() : step.handedOver(),
        lost,
        Stream.concat(step.nextLook().stream(), settled().stream()).min(Comparator.naturalOrder()));
  }

  private RememberedModel before() {
    return round.seen().outlook().seen().before();
  }

  private AppliedRevision applied() {
    var wanted = round.wanted();
    return new AppliedRevision(wanted.name(), wanted.revision(), wanted.basis());
  }

  /// A wish is acted on when something can be done.
  private Optional<String> retry() {
    var wish = round.declared().requests().retry();
    return round.ground().still() || round.dryRun() || wish.isEmpty()
        ? before().handled().retry()
        : wish;
  }

  private boolean guarded(List<Need> needs) {
    return !round.declared().deleting()
        && (needs.stream().anyMatch(Need.Environment.class::isInstance)
            || round.seen().anythingOfOurs()
            || (!round.dryRun()
                && round.step().acts().values().stream().anyMatch(act -> act != Act.RELEASE)));
  }

  private Optional<Instant> settled() {
    return round.ground().leave() == Ground.Leave.PENDING
        ? round.seen().settlesUntil()
        : Optional.empty();
  }
}
