package dev.llmconfig.plan.rollout;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the pods of a workload are, and what its owner has decided about them.
public record Pods(Progress progress, Agent.Held held) {

  /// Where a workload does not say itself that its rollout failed.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final String ON_DELETE = "OnDelete";

  /// Judged by what the workload says of itself, and by the clock where it says nothing.
  ///
  /// @param written when we wrote to it last
  public static Pods of(HasMetadata workload, Optional<Instant> written, Instant now) {
    return switch (workload) {
      case Deployment one -> new Pods(progress(one, written, now), held(one));
      case StatefulSet one -> new Pods(progress(one, written, now), held(one));
      case DaemonSet one -> new Pods(progress(one, written, now), held(one));
      // What runs keeps what it has; the next Job gets the new.
      case CronJob _ -> new Pods(new Progress.Done(), Agent.Held.NO);
      default -> throw new IllegalArgumentException(workload.getKind() + " runs no agents");
    };
  }

  private static Progress progress(Deployment one, Optional<Instant> written, Instant now) {
    var status = Objects.requireNonNullElseGet(one.getStatus(), DeploymentStatus::new);
    if (!observed(one, status.getObservedGeneration())) {
      return new Progress.Going(Optional.empty());
    }
    int wanted = wanted(one.getSpec().getReplicas());
    var word = progressing(status);
    // Those of the old template count as available, too, for as long as they are there.
    boolean updated =
        number(status.getUpdatedReplicas()) == wanted
            && Objects.requireNonNullElse(status.getReplicas(), wanted) == wanted;
    // That word alone can be a leftover of the rollout before.
    if (updated
        && (number(status.getAvailableReplicas()) == wanted
            || word.filter(said -> "NewReplicaSetAvailable".equals(said.getReason()))
                .isPresent())) {
      return new Progress.Done();
    }
    if (word.filter(failed -> failed(failed, written)).isPresent()) {
      return new Progress.Failed();
    }
    return word.isPresent() ? new Progress.Going(Optional.empty()) : patient(written, now);
  }

  private static Optional<DeploymentCondition> progressing(DeploymentStatus status) {
    return Objects.requireNonNullElse(status.getConditions(), List.<DeploymentCondition>of())
        .stream()
        .filter(condition -> "Progressing".equals(condition.getType()))
        .findFirst();
  }

  /// What was said before our write is about what ran before it.
  private static boolean failed(DeploymentCondition condition, Optional<Instant> written) {
    return "False".equals(condition.getStatus())
        && "ProgressDeadlineExceeded".equals(condition.getReason())
        && written
            .filter(at -> Instant.parse(condition.getLastUpdateTime()).isBefore(at))
            .isEmpty();
  }

  private static Progress progress(StatefulSet one, Optional<Instant> written, Instant now) {
    var status = Objects.requireNonNullElseGet(one.getStatus(), StatefulSetStatus::new);
    if (!observed(one, status.getObservedGeneration())) {
      return new Progress.Going(Optional.empty());
    }
    int wanted = wanted(one.getSpec().getReplicas());
    boolean done =
        number(status.getUpdatedReplicas()) >= wanted - partition(one)
            && number(status.getAvailableReplicas()) == wanted;
    return done ? new Progress.Done() : patient(written, now);
  }

  private static Progress progress(DaemonSet one, Optional<Instant> written, Instant now) {
    var status = Objects.requireNonNullElseGet(one.getStatus(), DaemonSetStatus::new);
    if (!observed(one, status.getObservedGeneration())) {
      return new Progress.Going(Optional.empty());
    }
    int wanted = number(status.getDesiredNumberScheduled());
    boolean done =
        number(status.getUpdatedNumberScheduled()) == wanted
            && number(status.getNumberAvailable()) == wanted;
    return done ? new Progress.Done() : patient(written, now);
  }

  private static Progress patient(Optional<Instant> written, Instant now) {
    var until = written.map(at -> at.plus(PATIENCE));
    return until.filter(end -> !end.isAfter(now)).isPresent()
        ? new Progress.Failed()
        : new Progress.Going(until);
  }

  private static Agent.Held held(Deployment one) {
    return Boolean.TRUE.equals(one.getSpec().getPaused()) ? Agent.Held.PAUSED : Agent.Held.NO;
  }

  private static Agent.Held held(StatefulSet one) {
    var strategy = one.getSpec().getUpdateStrategy();
    return strategy != null && ON_DELETE.equals(strategy.getType())
        ? Agent.Held.UNTIL_DELETED
        : Agent.Held.NO;
  }

  private static Agent.Held held(DaemonSet one) {
    var strategy = one.getSpec().getUpdateStrategy();
    return strategy != null && ON_DELETE.equals(strategy.getType())
        ? Agent.Held.UNTIL_DELETED
        : Agent.Held.NO;
  }

  private static int partition(StatefulSet one) {
    return Optional.ofNullable(one.getSpec().getUpdateStrategy())
        .map(StatefulSetUpdateStrategy::getRollingUpdate)
        .map(RollingUpdateStatefulSetStrategy::getPartition)
        .orElse(0);
  }

  private static boolean observed(HasMetadata workload, @Nullable Long generation) {
    var wanted = Objects.requireNonNullElse(workload.getMetadata().getGeneration(), 0L);
    return generation != null && generation >= wanted;
  }

  private static int wanted(@Nullable Integer replicas) {
    return replicas == null ? 1 : replicas;
  }

  private static int number(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
