package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.Wanted;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the status says where there are no settings to give: in mode None, in a mode that is not
/// available, or before the first settings could be used.
///
/// @param held workloads that ask for the settings
/// @param leaving those of which everything is taken away
record NothingGiven(DeliveryObserved seen, List<HasMetadata> held, List<HasMetadata> leaving) {

  DeliveryPlan plan(List<WorkloadWrite> writes, Set<String> lost) {
    var before = seen.outlook().seen().before();
    var declared = seen.outlook().seen().declared();
    var none = wanted().filter(_ -> seen.outlook().mayBeDelivered());
    var dryRun = declared.requests().dryRun();
    return new DeliveryPlan(
        writes,
        List.of(),
        none.filter(_ -> !dryRun)
            .map(one -> new AppliedRevision(one.name(), one.revision(), one.basis()))
            .or(before::applied),
        before.failedRevision(),
        before.handled().retry(),
        DryRun.condition(declared, leaving.size()).or(this::condition),
        new DeliveryPlan.Counts(
            held.size(), none.isPresent() ? held.size() - leaving.size() : 0, 0, 0),
        List.of(),
        DryRun.planned(declared, DryRun.releases(leaving)),
        List.of(),
        seen.anythingOfOurs() && !declared.deleting(),
        Set.of(),
        Set.of(),
        lost,
        Optional.empty());
  }

  private Optional<Wanted> wanted() {
    return seen.outlook().wanted().filter(one -> one.revision().mode() == DeliveryMode.None);
  }

  private Optional<ConditionReport> condition() {
    return seen.outlook()
        .wanted()
        .flatMap(one ->
            switch (one.revision().mode()) {
              case None ->
                  seen.outlook().mayBeDelivered()
                      ? Optional.of(
                          new ConditionReport(
                              ConditionReport.Type.Delivered,
                              Truth.True,
                              ConditionReason.NothingToDeliver,
                              "Nothing is delivered in mode None."))
                      : Optional.<ConditionReport>empty();
              case Gateway ->
                  Optional.of(
                      new ConditionReport(
                          ConditionReport.Type.Delivered,
                          Truth.False,
                          ConditionReason.NotAvailable,
                          DeliveredCondition.notAvailable(one.revision().mode())));
              case Env, EnvFrom, File -> Optional.<ConditionReport>empty();
            });
  }
}
