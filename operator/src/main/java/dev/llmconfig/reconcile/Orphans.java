package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.plan.delivery.Holders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Workloads that carry what a ModelConfig has delivered which went without a farewell, because
/// somebody took its finalizer away. No reconcile looks at them any more.
final class Orphans {

  /// A backup brings agents back before their ModelConfig, and a restart of all of them twice would
  /// be worse than to wait.
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Neighbours neighbours;

  /// Since when a workload has been seen to be one, by its uid.
  private final Map<String, Instant> since = new HashMap<>();

  Orphans(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /// Those that have waited long enough.
  ///
  /// @param workloads all that carry a label of ours
  List<HasMetadata> among(Collection<HasMetadata> workloads, Instant now) {
    var found = workloads.stream().filter(this::orphaned).toList();
    since.keySet().retainAll(found.stream().map(Orphans::uid).collect(Collectors.toSet()));
    return found.stream()
        .filter(one -> !since.computeIfAbsent(uid(one), _ -> now).plus(PATIENCE).isAfter(now))
        .toList();
  }

  /// Whoever holds it now takes it over by itself.
  private boolean orphaned(HasMetadata workload) {
    var meta = workload.getMetadata();
    var by = Labelled.label(workload, Labels.DELIVERED_BY);
    return !by.isEmpty()
        && meta.getDeletionTimestamp() == null
        && !neighbours.exists(by, meta.getNamespace())
        && !(neighbours
                .holders(meta.getNamespace(), List.of(workload))
                .of(Labelled.labels(workload))
            instanceof Holders.Holder.One);
  }

  private static String uid(HasMetadata workload) {
    return workload.getMetadata().getUid();
  }
}
