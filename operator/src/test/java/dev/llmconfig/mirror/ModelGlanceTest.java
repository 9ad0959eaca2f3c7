package dev.llmconfig.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.AgentState;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What metrics say of a ModelConfig, from its status alone.
class ModelGlanceTest {

  @Test
  void whoIsNamedIsInTheStateOfItsReasonAndTheOthersAreCounted() {
    assertThat(
            agents(
                """
                workloads: {matched: 7, upToDate: 2, rolling: 1, failed: 1}
                behind:
                - {kind: Deployment, name: a, reason: Rolling}
                - {kind: Deployment, name: b, reason: RolloutFailed}
                - {kind: Deployment, name: c, reason: RolledBack}
                - {kind: Deployment, name: d, reason: EnvOwnedByAnotherManager}
                - {kind: Deployment, name: e, reason: Waiting}
                """))
        .isEqualTo(
            Map.of(
                AgentState.UpToDate, 2,
                AgentState.Rolling, 1,
                AgentState.Failed, 1,
                AgentState.RolledBack, 1,
                AgentState.Behind, 1,
                AgentState.Waiting, 1));
  }

  @Test
  void whatBelongsToAnotherModelConfigIsNotCountedHere() {
    assertThat(
            agents(
                """
                workloads: {matched: 1, upToDate: 1, rolling: 0, failed: 0}
                behind: [{kind: Deployment, name: a, reason: EnvCollision}]
                """))
        .isEqualTo(Map.of(AgentState.UpToDate, 1));
  }

  @Test
  void whoIsServedAndStillNamedIsCountedOnce() {
    assertThat(
            agents(
                """
                workloads: {matched: 2, upToDate: 2, rolling: 0, failed: 0}
                behind: [{kind: Deployment, name: a, reason: ContainerNotFound}]
                """))
        .isEqualTo(Map.of(AgentState.UpToDate, 1, AgentState.Behind, 1));
  }

  /// Ten are named, all are counted.
  @ParameterizedTest
  @CsvSource({
    "False, Rolling, Waiting, Waiting",
    "False, RolledBack, RolledBack, RolledBack",
    "False, RolloutFailed, RolledBack, Waiting",
    "False, Forbidden, Forbidden, Behind",
    "Unknown, AwaitingApproval, Waiting, Waiting"
  })
  void ofThoseThatAreNotNamedTheConditionTells(
      String truth, String condition, String named, AgentState others) {
    var agents =
        agents(
            """
            workloads: {matched: 40, upToDate: 3, rolling: 0, failed: 0}
            conditions: [{type: Delivered, status: "%s", reason: %s}]
            behind:
            %s
            """
                .formatted(
                    truth,
                    condition,
                    IntStream.range(0, 10)
                        .mapToObj(at ->
                            "- {kind: Deployment, name: a%d, reason: %s}".formatted(at, named))
                        .collect(Collectors.joining("\n"))));

    assertThat(agents.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    assertThat(agents).containsEntry(AgentState.UpToDate, 3);
    assertThat(agents.get(others)).isGreaterThanOrEqualTo(27);
  }

  @Test
  void withoutAStatusThereIsNothing() {
    var glance = ModelGlance.at(new ModelConfig());

    assertThat(glance.agents()).isEmpty();
    assertThat(glance.retiresAt()).isEmpty();
  }

  @Test
  void aModelEndsAtTheBeginningOfItsDay() {
    assertThat(glance("resolved: {model: gpt-old, retiresOn: \"2027-02-01\"}").retiresAt())
        .contains(new ModelGlance.Retires("gpt-old", Instant.parse("2027-02-01T00:00:00Z")));
    assertThat(glance("resolved: {model: gpt-old, retiresOn: soon}").retiresAt()).isEmpty();
  }

  private static Map<AgentState, Integer> agents(String status) {
    return glance(status).agents();
  }

  private static ModelGlance glance(String status) {
    var config =
        Serialization.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ModelConfig
            metadata: {name: support, namespace: agents}
            status:
            """
                + status.indent(2),
            ModelConfig.class);
    var glance = ModelGlance.at(config);
    assertThat(glance.ref()).isEqualTo(new Ref("agents", "support"));
    return glance;
  }
}
