package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.v1alpha1.Parameters;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryMemoriesTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final DeliveryMemories memories = new DeliveryMemories();

  @Test
  void theThirdLossIsContested() {
    lost(3, Set.of("u"), "agent");
    assertThat(contested()).isTrue();
  }

  @Test
  void twoLossesAreNot() {
    lost(2, Set.of("u"), "agent");
    assertThat(contested()).isFalse();
  }

  @Test
  void aContainerMoreIsNoLoss() {
    lost(2, Set.of("u"), "agent");
    lost(1, Set.of("u"), "agent", "helper");
    assertThat(contested()).isFalse();
  }

  /// While others write to the workload, a write of ours fails and is tried again many times.
  @Test
  void whatWasNotWrittenIsNeitherALossNorForgotten() {
    memories.lost(Set.of(), List.of(workload("agent")), Set.of(), NOW);
    lost(5, Set.of(), "agent", "helper");
    lost(1, Set.of("u"), "agent", "helper");
    lost(2, Set.of("u"), "agent", "helper");
    assertThat(contested()).isFalse();

    lost(1, Set.of("u"), "agent", "helper");
    assertThat(contested()).isTrue();
  }

  @Test
  void whoChangesItAgainAndAgainIsToldAllTheSame() {
    for (int tenths = 0; tenths < 20; tenths++) {
      assertThat(silentAt(tenths)).as("after %d tenths", tenths).isTrue();
    }
    assertThat(silentAt(20)).isFalse();

    memories.told("m");
    assertThat(silentAt(21)).isTrue();
  }

  /// Nobody tells when a right is given back.
  @Test
  void whatWasRefusedIsTriedAgainWhenItsTimeHasCome() {
    var agent = List.of(workload("agent"));
    var until = NOW.plusSeconds(60);
    memories.refused(
        agent.getFirst(), new Hindrance(ConditionReason.Forbidden, "it is forbidden"), until);

    assertThat(memories.triedAgain(agent)).contains(until);
    assertThat(memories.refused(agent, until.minusMillis(1))).containsKey("u");
    assertThat(memories.refused(agent, until)).isEmpty();
    assertThat(memories.triedAgain(agent)).isEmpty();
  }

  /// One after the other they would be two restarts of every agent that went ahead.
  @Test
  void parametersWaitForAKeyThatIsBeingProven() throws IOException {
    var since = unsettledSince("rotation-waits-for-the-key-that-is-being-proven", 0.2);

    assertThat(since).contains(NOW);
  }

  @Test
  void parametersAloneWaitForNothing() throws IOException {
    assertThat(unsettledSince("at-rest-nothing-is-written", 0.2)).isEmpty();
  }

  /// Of the settings that agents have, with another temperature.
  private Optional<Instant> unsettledSince(String scenario, double temperature) throws IOException {
    var folder = new ModelFolder(Path.of("src/test/resources/plan-deliveries", scenario));
    var config = folder.subject();
    var applied = Objects.requireNonNull(config.getStatus()).getApplied();
    config.getSpec().setModel(Objects.requireNonNull(applied).getModel());
    var parameters = new Parameters();
    parameters.setTemperature(temperature);
    config.getSpec().setParameters(parameters);
    if (!(Parsing.model(config) instanceof Validated.Valid<ModelSettings>(var declared))) {
      throw new AssertionError("it can be read");
    }
    var outlook = ModelPlanner.judge(folder.observed(declared));
    return memories.of("m", outlook, List.of(), NOW).unsettledSince();
  }

  private boolean silentAt(int tenths) {
    var now = NOW.plusMillis(100L * tenths);
    return memories.silent("m", now.plusSeconds(1), now).isPresent();
  }

  private void lost(int times, Set<String> written, String... containers) {
    for (int time = 0; time < times; time++) {
      memories.lost(Set.of("u"), List.of(workload(containers)), written, NOW);
    }
  }

  private boolean contested() {
    return memories.refused(List.of(workload("agent")), NOW).containsKey("u");
  }

  private static HasMetadata workload(String... containers) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("agent")
        .withNamespace("team-a")
        .withUid("u")
        .withResourceVersion("1")
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .withContainers(
            Stream.of(containers)
                .map(name -> new ContainerBuilder().withName(name).build())
                .toList())
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
