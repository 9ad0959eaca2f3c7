package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
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
