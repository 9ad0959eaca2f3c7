package dev.llmconfig.plan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnneededTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String OLD = "openai-llmkey-r-0000000001";
  private static final String NEW = "openai-llmkey-r-0000000002";
  private static final Set<String> BOTH = Set.of(OLD, NEW);

  @Test
  void whatNoTemplateNames() {
    assertThat(unneeded(deployment(NEW, "11:00:00", 1))).containsExactly(OLD);
    assertThat(unneeded(deployment(OLD, "11:00:00", 1), deployment(NEW, "11:00:00", 1))).isEmpty();
    assertThat(unneeded()).isEqualTo(BOTH);
  }

  @Test
  void notWhilePodsOfAnOlderTemplateMayRun() {
    assertThat(unneeded(deployment(NEW, "11:59:00", 0))).isEmpty();
    assertThat(unneeded(deployment(NEW, "11:59:00", 1))).containsExactly(OLD);
  }

  @Test
  void aWorkloadThatNeverBecomesReadyKeepsNothingForEver() {
    assertThat(unneeded(deployment(NEW, "11:49:00", 0))).containsExactly(OLD);
  }

  @Test
  void aJobThatRunsKeepsWhatItsTemplateNamed() {
    var cronJob =
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly, namespace: team}, spec:"
            + " {jobTemplate: {spec: {template: {spec: {containers: [{name: agent}]}}}}}, status: {active: %s}}";

    assertThat(unneeded(read(cronJob.formatted("[{name: nightly-1}]")))).isEmpty();
    assertThat(unneeded(read(cronJob.formatted("[]")))).isEqualTo(BOTH);
  }

  @Test
  void notWhatIsKeptForAnotherReason() {
    assertThat(Unneeded.of(BOTH, List.of(), OLD::equals, NOW)).containsExactly(NEW);
  }

  private static Set<String> unneeded(HasMetadata... workloads) {
    return Unneeded.of(BOTH, List.of(workloads), _ -> false, NOW);
  }

  private static HasMetadata deployment(String secret, String written, int available) {
    return read(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: chat
          namespace: team
          generation: 2
          managedFields: [{manager: llm-config-operator, operation: Update, time: "2026-11-20T%sZ"}]
        spec:
          replicas: 1
          template:
            spec:
              containers:
              - name: agent
                env: [{name: KEY, valueFrom: {secretKeyRef: {name: %s, key: api-key}}}]
        status: {observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: %d}
        """
            .formatted(written, secret, available));
  }

  private static HasMetadata read(String yaml) {
    return new KubernetesSerialization().unmarshal("---\n" + yaml);
  }
}
