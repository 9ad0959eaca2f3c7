package dev.llmconfig.mirror;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;

/// What a workload says of its pods.
final class AgentPods {

  private static final String ON_DELETE = "OnDelete";

  private AgentPods() {}

  /// Its owner has decided that new pods come when somebody deletes the old ones, and some are
  /// there.
  static boolean startedLater(HasMetadata workload) {
    return switch (workload) {
      case StatefulSet one ->
          one.getSpec().getUpdateStrategy() != null
              && ON_DELETE.equals(one.getSpec().getUpdateStrategy().getType())
              && old(requireNonNullElse(one.getStatus(), new StatefulSetStatus()));
      case DaemonSet one ->
          one.getSpec().getUpdateStrategy() != null
              && ON_DELETE.equals(one.getSpec().getUpdateStrategy().getType())
              && old(requireNonNullElse(one.getStatus(), new DaemonSetStatus()));
      default -> false;
    };
  }

  private static boolean old(StatefulSetStatus status) {
    return requireNonNullElse(status.getUpdatedReplicas(), 0)
        < requireNonNullElse(status.getReplicas(), 0);
  }

  private static boolean old(DaemonSetStatus status) {
    return requireNonNullElse(status.getUpdatedNumberScheduled(), 0)
        < requireNonNullElse(status.getDesiredNumberScheduled(), 0);
  }
}
