package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.guest.GuestPatch;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.rollout.Stage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What would be done, told to whoever asks by annotation: of the whole rollout, not only of its
/// first step.
final class DryRun {

  static final int MOST = 10;

  private DryRun() {}

  /// Every workload whose pods would restart.
  static List<DeliveryPlan.Effect> effects(Round round, List<HasMetadata> leaving) {
    var effects = new ArrayList<>(releases(leaving));
    round.recipients().stream()
        .filter(one ->
            patch(round, one)
                .filter(patch -> patch.effect() == GuestPatch.Effect.Template)
                .isPresent())
        .map(one ->
            new DeliveryPlan.Effect(one.workload().kind().name(), one.workload().name(), "Restart"))
        .forEach(effects::add);
    return effects;
  }

  static List<DeliveryPlan.Effect> releases(List<HasMetadata> leaving) {
    return leaving.stream()
        .map(one -> new DeliveryPlan.Effect(one.getKind(), one.getMetadata().getName(), "Release"))
        .toList();
  }

  static Optional<DeliveryPlan.Planned> planned(
      ModelSettings declared, List<DeliveryPlan.Effect> effects) {
    return declared.requests().dryRun()
        ? Optional.of(
            new DeliveryPlan.Planned(effects.size(), effects.stream().limit(MOST).toList()))
        : Optional.empty();
  }

  static Optional<ConditionReport> condition(ModelSettings declared, int restarts) {
    return declared.requests().dryRun()
        ? Optional.of(
            new ConditionReport(
                ConditionReport.Type.Delivered,
                Truth.Unknown,
                ConditionReason.DryRun,
                "%s would restart (status.planned); to have it done: kubectl annotate modelconfig %s --namespace %s %s-"
                    .formatted(
                        DeliveredCondition.workloads(restarts),
                        declared.ref().name(),
                        declared.ref().namespace(),
                        Annotations.DRY_RUN)))
        : Optional.empty();
  }

  private static Optional<GuestPatch> patch(Round round, Recipient one) {
    return round
        .act(one)
        .map(act ->
            switch (act) {
              case CANDIDATE -> one.patch(one.candidate());
              case APPLIED -> one.applied().flatMap(one::patch);
              case RELEASE -> Optional.of(one.release());
            })
        .orElseGet(() ->
            round.stage(one) == Stage.WAITING
                    && comes(round)
                    && round.agent(one).hindrance().isEmpty()
                ? one.patch(one.candidate())
                : Optional.empty());
  }

  /// Whether those who wait now get the settings later.
  private static boolean comes(Round round) {
    return !round.failed()
        && switch (round.ground().leave()) {
          case GIVEN, NOT_APPROVED, PENDING -> true;
          case REFUSED, WITHHELD, FROZEN -> false;
        };
  }
}
