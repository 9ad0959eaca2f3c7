package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.RememberedModel;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import dev.llmconfig.plan.delivery.DeliveryPlan.Counts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A rollout ends once, however often it is looked at.
class RolloutMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RolloutMeters meters = RolloutMeters.in(registry);

  @Test
  void allResultsAreThereFromTheStart() {
    assertThat(counts()).isEqualTo(Map.of("Finished", 0.0, "RolledBack", 0.0, "Failed", 0.0));
  }

  @Test
  void newSettingsAreCountedWhenTheStatusNamesThemFirst() {
    meters.ended(said("revision: m-1"), step(said("revision: m-2"), ConditionReason.UpToDate));
    meters.ended(said("revision: m-2"), step(said("revision: m-2"), ConditionReason.UpToDate));

    assertThat(counts()).isEqualTo(Map.of("Finished", 1.0, "RolledBack", 0.0, "Failed", 0.0));
  }

  @Test
  void whereThereIsNoAgentNothingIsRolled() {
    meters.ended(
        RememberedModel.NOTHING,
        step(said("revision: m-2"), ConditionReason.NothingToDeliver, new Counts(0, 0, 0, 0)));

    assertThat(counts()).containsEntry("Finished", 0.0);
  }

  @Test
  void aFailureIsCountedWhenTheStatusNamesItFirst() {
    var failing = step(said("revision: m-1", "failedRevision: m-2"), ConditionReason.RolledBack);
    meters.ended(said("revision: m-1"), failing);
    meters.ended(said("revision: m-1", "failedRevision: m-2"), failing);

    assertThat(counts()).isEqualTo(Map.of("Finished", 0.0, "RolledBack", 1.0, "Failed", 0.0));
  }

  @Test
  void whatIsNotPutBackHasFailed() {
    meters.ended(
        said("revision: m-1"),
        step(said("revision: m-1", "failedRevision: m-2"), ConditionReason.RolloutFailed));

    assertThat(counts()).isEqualTo(Map.of("Finished", 0.0, "RolledBack", 0.0, "Failed", 1.0));
  }

  @Test
  void anotherTryThatFailsIsAnotherRollout() {
    var calm = said("revision: m-1");
    var known = said("revision: m-1", "failedRevision: m-2");
    meters.ended(calm, step(known, ConditionReason.RolledBack));
    meters.ended(known, step(calm, ConditionReason.Rolling));
    meters.ended(calm, step(known, ConditionReason.RolledBack));

    assertThat(counts()).containsEntry("RolledBack", 2.0);
  }

  private Map<String, Double> counts() {
    return registry.find("llmconfig.rollouts").counters().stream()
        .collect(
            Collectors.toMap(one -> String.valueOf(one.getId().getTag("result")), Counter::count));
  }

  private static RememberedModel said(String... lines) {
    var settings =
        """
        applied:
          model: gpt-5-mini
          apiKey: one
          provider: OpenAI
          apiKeyRevision: r-1
          endpoint: https://api.openai.com/v1
          parameters: {}
          basis: {declared: i-1, tokenField: MaxCompletionTokens}
          profile: openai@1
          mode: Env
          containers: []
          fileMountPath: /etc/llm
        """;
    var remembered =
        ModelMemory.of(
            Reading.lenient()
                .unmarshal(settings + String.join("\n", lines), ModelConfigStatus.class));
    assertThat(remembered.applied()).isPresent();
    return remembered;
  }

  private static DeliveryPlan step(RememberedModel after, ConditionReason reason) {
    return step(after, reason, new Counts(1, 0, 0, 0));
  }

  private static DeliveryPlan step(RememberedModel after, ConditionReason reason, Counts counts) {
    return new DeliveryPlan(
        List.of(),
        List.of(),
        after.applied(),
        after.failedRevision(),
        Optional.empty(),
        Optional.of(new ConditionReport(ConditionReport.Type.Delivered, Truth.False, reason, "")),
        counts,
        List.of(),
        Optional.empty(),
        List.of(),
        true,
        Set.of(),
        Set.of(),
        Set.of(),
        Optional.empty());
  }
}
