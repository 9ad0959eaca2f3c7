package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.plan.RememberedModel;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Counts how rollouts end: when the status says so for the first time, so that neither a repeated
/// look nor another process counts one twice.
final class RolloutMeters {

  enum Result {
    Finished,
    RolledBack,
    /// Nobody was put back: that is not wished, or could not be done.
    Failed
  }

  private final Map<Result, Counter> counters = new EnumMap<>(Result.class);

  private RolloutMeters() {}

  /// All of them from the start: what begins with 1 has not increased.
  static RolloutMeters in(MeterRegistry registry) {
    var meters = new RolloutMeters();
    for (var result : Result.values()) {
      meters.counters.put(
          result,
          Counter.builder("llmconfig.rollouts")
              .description("How rollouts of new settings to agents ended.")
              .tag("result", result.name())
              .register(registry));
    }
    return meters;
  }

  /// Of a step whose status is written.
  void ended(RememberedModel before, DeliveryPlan plan) {
    result(before, plan)
        .flatMap(one -> Optional.ofNullable(counters.get(one)))
        .ifPresent(Counter::increment);
  }

  private static Optional<Result> result(RememberedModel before, DeliveryPlan plan) {
    if (plan.failed().isPresent() && !plan.failed().equals(before.failedRevision())) {
      return Optional.of(
          plan.condition().filter(one -> one.reason() == ConditionReason.RolloutFailed).isPresent()
              ? Result.Failed
              : Result.RolledBack);
    }
    var applied = plan.applied().map(AppliedRevision::name);
    return plan.counts().matched() > 0
            && applied.isPresent()
            && !applied.equals(before.applied().map(AppliedRevision::name))
        ? Optional.of(Result.Finished)
        : Optional.empty();
  }
}
