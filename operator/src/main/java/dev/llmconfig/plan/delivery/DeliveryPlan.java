package dev.llmconfig.plan.delivery;

import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.PlannedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The next step of a delivery, and what the status says about it.
///
/// @param needs what running agents need beside what the writes need
/// @param applied the last good settings from now on
/// @param failed the revision that is not tried again
/// @param retry the wish for another try that was acted on last
/// @param condition `Delivered`; empty where nothing can be said
/// @param guarded whether something of ours is on a workload, or will be
/// @param unwell to be handed to the next step
/// @param handedOver to be handed to the next step
/// @param lost uids of the workloads that lost what was delivered, and get it again
public record DeliveryPlan(
    List<WorkloadWrite> writes,
    List<Need> needs,
    Optional<AppliedRevision> applied,
    Optional<String> failed,
    Optional<String> retry,
    Optional<ConditionReport> condition,
    Counts counts,
    List<Behind> behind,
    Optional<Planned> planned,
    List<PlannedEvent> events,
    boolean guarded,
    Set<String> unwell,
    Set<String> handedOver,
    Set<String> lost,
    Optional<Instant> nextLook) {

  public DeliveryPlan {
    writes = List.copyOf(writes);
    needs = List.copyOf(needs);
    behind = List.copyOf(behind);
    events = List.copyOf(events);
    unwell = Set.copyOf(unwell);
    handedOver = Set.copyOf(handedOver);
    lost = Set.copyOf(lost);
  }

  /// What is still with us goes to somebody else, who has this long.
  DeliveryPlan handingOver(Instant until) {
    return new DeliveryPlan(
        writes,
        needs,
        applied,
        failed,
        retry,
        condition,
        counts,
        behind,
        planned,
        events,
        true,
        unwell,
        handedOver,
        lost,
        Optional.of(nextLook.filter(until::isAfter).orElse(until)));
  }

  public record Counts(int matched, int upToDate, int rolling, int failed) {}

  /// A workload that does not have the current settings.
  public record Behind(String kind, String name, String reason) {}

  /// What would be done.
  public record Planned(int restarts, List<Effect> workloads) {
    public Planned {
      workloads = List.copyOf(workloads);
    }
  }

  public record Effect(String kind, String name, String effect) {}
}
