package dev.llmconfig.plan.delivery;

import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.rollout.Pods;
import dev.llmconfig.plan.rollout.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which of the objects that agents were pointed at nobody needs any more. A container that
/// restarts looks its Secret up again, so what old pods may still use is needed, too.
public final class Unneeded {

  /// How long pods of an older template are waited for that never come to an end.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private Unneeded() {}

  /// Of one namespace.
  ///
  /// @param names of all such objects
  /// @param workloads all that carry a label of ours
  /// @param kept what is kept whatever the workloads say, such as the key of a grace period
  public static Set<String> of(
      Set<String> names,
      Collection<? extends HasMetadata> workloads,
      Predicate<String> kept,
      Instant now) {
    if (workloads.stream().anyMatch(one -> waitsFor(one, Written.last(one), now))) {
      return Set.of();
    }
    var named = new HashSet<String>();
    workloads.forEach(one -> ProvidedNames.in(Workload.of(one).template()).forEach(named::add));
    return names.stream()
        .filter(name -> !named.contains(name))
        .filter(kept.negate())
        .collect(Collectors.toSet());
  }

  /// Whether pods of an older template may still run.
  ///
  /// @param written when we wrote to it last
  public static boolean waitsFor(HasMetadata workload, Optional<Instant> written, Instant now) {
    if (workload instanceof CronJob one) {
      return one.getStatus() != null
          && one.getStatus().getActive() != null
          && !one.getStatus().getActive().isEmpty();
    }
    return written.filter(at -> at.plus(PATIENCE).isAfter(now)).isPresent()
        && !(Pods.of(workload, written, now).progress() instanceof Progress.Done);
  }
}
