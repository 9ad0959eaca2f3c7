package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.PlannedChanges;
import dev.llmconfig.api.v1alpha1.PlannedWorkload;
import dev.llmconfig.api.v1alpha1.WorkloadBehind;
import dev.llmconfig.api.v1alpha1.WorkloadCounts;
import dev.llmconfig.plan.delivery.DeliveryPlan;

/// The parts of a status that tell of a delivery.
final class DeliveryStatus {

  private DeliveryStatus() {}

  static WorkloadCounts counts(DeliveryPlan.Counts counts) {
    var bean = new WorkloadCounts();
    bean.setMatched(counts.matched());
    bean.setUpToDate(counts.upToDate());
    bean.setRolling(counts.rolling());
    bean.setFailed(counts.failed());
    return bean;
  }

  static WorkloadBehind behind(DeliveryPlan.Behind one) {
    var bean = new WorkloadBehind();
    bean.setKind(one.kind());
    bean.setName(one.name());
    bean.setReason(one.reason());
    return bean;
  }

  static PlannedChanges planned(DeliveryPlan.Planned planned) {
    var bean = new PlannedChanges();
    bean.setRestarts(planned.restarts());
    bean.setWorkloads(planned.workloads().stream().map(DeliveryStatus::effect).toList());
    return bean;
  }

  private static PlannedWorkload effect(DeliveryPlan.Effect effect) {
    var bean = new PlannedWorkload();
    bean.setKind(effect.kind());
    bean.setName(effect.name());
    bean.setEffect(effect.effect());
    return bean;
  }
}
