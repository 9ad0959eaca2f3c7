package dev.llmconfig.plan.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodsTest {

  private static final Instant WRITTEN = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant SOON = WRITTEN.plusSeconds(60);
  private static final Instant LATE = WRITTEN.plusSeconds(601);

  @ParameterizedTest
  @CsvSource({
    // observed, updated, available, reason of Progressing, is it done?
    "2, 3, 3, ReplicaSetUpdated, true",
    "2, 3, 2, NewReplicaSetAvailable, true",
    "2, 2, 3, NewReplicaSetAvailable, false",
    "2, 3, 2, ReplicaSetUpdated, false",
    "1, 3, 3, NewReplicaSetAvailable, false"
  })
  void aDeploymentIsDoneWhenAllOfItIsNewAndAvailable(
      int observed, int updated, int available, String reason, boolean done) {
    var pods = judge(deployment(observed, updated, available, "True", reason, "12:00:30"), SOON);

    assertThat(pods.progress() instanceof Progress.Done).isEqualTo(done);
  }

  /// Three new ones that are not ready, beside three old ones that are.
  @Test
  void aDeploymentIsNotDoneWhilePodsOfItsOldTemplateMakeUpTheNumber() {
    var both =
        deployment(2, 3, 3, "True", "ReplicaSetUpdated", "12:00:30")
            .replace("updatedReplicas", "replicas: 6, updatedReplicas");

    assertThat(judge(both, SOON).progress()).isInstanceOf(Progress.Going.class);
  }

  @Test
  void aDeploymentHasFailedWhenItSaysSoAfterOurWrite() {
    var failed = deployment(2, 1, 2, "False", "ProgressDeadlineExceeded", "12:00:30");
    var before = deployment(2, 1, 2, "False", "ProgressDeadlineExceeded", "11:59:59");

    assertThat(judge(failed, SOON).progress()).isInstanceOf(Progress.Failed.class);
    assertThat(judge(before, SOON).progress()).isInstanceOf(Progress.Going.class);
  }

  @Test
  void aDeploymentWithoutADeadlineIsGivenTenMinutes() {
    var silent =
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, generation: 2}, spec: {replicas: 3},"
            + " status: {observedGeneration: 2, updatedReplicas: 1, availableReplicas: 2}}";

    assertThat(judge(silent, SOON).progress())
        .isEqualTo(new Progress.Going(Optional.of(WRITTEN.plus(Pods.PATIENCE))));
    assertThat(judge(silent, LATE).progress()).isInstanceOf(Progress.Failed.class);
  }

  @Test
  void aDeploymentScaledToNothingIsDone() {
    var none =
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, generation: 2}, spec: {replicas: 0},"
            + " status: {observedGeneration: 2}}";

    assertThat(judge(none, SOON).progress()).isInstanceOf(Progress.Done.class);
  }

  @Test
  void aPausedDeploymentIsHeld() {
    var paused =
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, generation: 1}, spec: {paused: true},"
            + " status: {observedGeneration: 1, updatedReplicas: 1, availableReplicas: 1}}";

    assertThat(judge(paused, SOON).held()).isEqualTo(Agent.Held.PAUSED);
  }

  @ParameterizedTest
  @CsvSource({
    // partition, updated, available, is it done?
    "0, 3, 3, true",
    "0, 2, 3, false",
    "0, 3, 2, false",
    "2, 1, 3, true",
    "2, 0, 3, false"
  })
  void aStatefulSetIsDoneDownToItsPartition(
      int partition, int updated, int available, boolean done) {
    var set =
        ("{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a, generation: 2}, spec: {replicas: 3,"
                + " updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: %d}}}, status:"
                + " {observedGeneration: 2, updatedReplicas: %d, availableReplicas: %d}}")
            .formatted(partition, updated, available);

    assertThat(judge(set, SOON).progress() instanceof Progress.Done).isEqualTo(done);
    assertThat(judge(set, LATE).progress() instanceof Progress.Failed).isEqualTo(!done);
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 3, true", "3, 2, 3, false", "3, 3, 2, false", "0, 0, 0, true"})
  void aDaemonSetIsDoneOnEveryNode(int desired, int updated, int available, boolean done) {
    var set =
        ("{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a, generation: 2}, spec: {}, status:"
                + " {observedGeneration: 2, desiredNumberScheduled: %d, updatedNumberScheduled: %d,"
                + " numberAvailable: %d}}")
            .formatted(desired, updated, available);

    assertThat(judge(set, SOON).progress() instanceof Progress.Done).isEqualTo(done);
    assertThat(judge(set, LATE).progress() instanceof Progress.Failed).isEqualTo(!done);
  }

  @ParameterizedTest
  @CsvSource({"StatefulSet", "DaemonSet"})
  void whatIsReplacedByHandIsHeldUntilDeleted(String kind) {
    var set =
        "{apiVersion: apps/v1, kind: %s, metadata: {name: a, generation: 1}, spec: {updateStrategy: {type: OnDelete}}}"
            .formatted(kind);

    assertThat(judge(set, SOON).held()).isEqualTo(Agent.Held.UNTIL_DELETED);
  }

  @Test
  void aCronJobIsAlwaysDone() {
    var job = "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a, generation: 2}, spec: {}}";

    assertThat(judge(job, LATE)).isEqualTo(new Pods(new Progress.Done(), Agent.Held.NO));
  }

  @Test
  void aWorkloadWithoutAStatusIsOnItsWay() {
    for (var kind : new String[] {"Deployment", "StatefulSet", "DaemonSet"}) {
      var fresh =
          "{apiVersion: apps/v1, kind: %s, metadata: {name: a, generation: 1}, spec: {}}"
              .formatted(kind);

      assertThat(judge(fresh, LATE).progress())
          .as(kind)
          .isEqualTo(new Progress.Going(Optional.empty()));
    }
  }

  private static Pods judge(String yaml, Instant now) {
    HasMetadata workload = new KubernetesSerialization().unmarshal("---\n" + yaml);
    return Pods.of(workload, Optional.of(WRITTEN), now);
  }

  private static String deployment(
      int observed, int updated, int available, String status, String reason, String at) {
    return ("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, generation: 2}, spec: {replicas: 3},"
            + " status: {observedGeneration: %d, updatedReplicas: %d, availableReplicas: %d, conditions:"
            + " [{type: Progressing, status: '%s', reason: %s, lastUpdateTime: '2026-11-20T%sZ'}]}}")
        .formatted(observed, updated, available, status, reason, at);
  }
}
