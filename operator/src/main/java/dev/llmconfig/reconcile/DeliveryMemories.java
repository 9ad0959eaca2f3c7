package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.Wanted;
import dev.llmconfig.plan.delivery.DeliveryMemory;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What deliveries remember between two looks, and may forget with the process.
final class DeliveryMemories {

  private record Pair(List<Object> parts, Instant since) {}

  private record Refusal(String resourceVersion, Hindrance why, Instant until) {}

  /// What the last step handed over.
  private record Step(Set<String> unwell, Set<String> handedOver, Optional<String> failed) {
    static final Step NONE = new Step(Set.of(), Set.of(), Optional.empty());
  }

  private final Map<String, Step> steps = new ConcurrentHashMap<>();

  /// How long a status may stay behind while a change comes to rest.
  private static final Duration SILENCE = Duration.ofSeconds(2);

  /// Since when nothing was told of a ModelConfig that has changed.
  private final Map<String, Instant> silences = new ConcurrentHashMap<>();

  private final Map<String, Pair> pairs = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  /// Which containers a workload had, and which were chosen, when it was looked at last.
  private final Map<String, String> toldBefore = new ConcurrentHashMap<>();

  private final Losses losses = new Losses();

  /// @param model uid of the ModelConfig
  DeliveryMemory of(
      String model,
      ModelOutlook outlook,
      Collection<? extends HasMetadata> workloads,
      Instant now) {
    var step = steps.getOrDefault(model, Step.NONE);
    return new DeliveryMemory(
        step.unwell,
        step.handedOver,
        step.failed.filter(failed ->
            outlook.wanted().map(Wanted::name).filter(failed::equals).isPresent()
                && !retried(outlook)),
        unsettledSince(model, outlook, now),
        refused(workloads, now),
        Map.of());
  }

  void keep(String model, DeliveryPlan plan) {
    if (plan.unwell().isEmpty() && plan.handedOver().isEmpty() && plan.failed().isEmpty()) {
      steps.remove(model);
    } else {
      steps.put(model, new Step(plan.unwell(), plan.handedOver(), plan.failed()));
    }
  }

  /// A write was refused; it is not repeated before the workload changes, or that time has come.
  void refused(HasMetadata workload, Hindrance why, Instant until) {
    var meta = workload.getMetadata();
    refusals.put(meta.getUid(), new Refusal(meta.getResourceVersion(), why, until));
  }

  /// When the first of what was refused may be tried again.
  Optional<Instant> triedAgain(Collection<? extends HasMetadata> workloads) {
    return workloads.stream()
        .flatMap(one -> Optional.ofNullable(refusals.get(one.getMetadata().getUid())).stream())
        .map(Refusal::until)
        .min(Instant::compareTo);
  }

  /// Who renames a container or chooses others has taken nothing away from us. What was not written
  /// is seen again at the next look, and counts then.
  ///
  /// @param uids of those that had lost something
  /// @param looked all that were looked at, each time
  /// @param written whose write the API server took
  void lost(
      Set<String> uids,
      Collection<? extends HasMetadata> looked,
      Set<String> written,
      Instant now) {
    for (var workload : looked) {
      var uid = workload.getMetadata().getUid();
      if (uids.contains(uid) && !written.contains(uid)) {
        continue;
      }
      var told = told(workload);
      var before = toldBefore.put(uid, told);
      if (uids.contains(uid) && (before == null || before.equals(told))) {
        losses.lost(uid, now);
      }
    }
  }

  private static String told(HasMetadata workload) {
    var annotations = workload.getMetadata().getAnnotations();
    return Workload.of(workload).template().getSpec().getContainers().stream()
            .map(Container::getName)
            .toList()
        + (annotations == null ? "" : annotations.getOrDefault(Annotations.CONTAINERS, ""));
  }

  /// Agents come and go, and this process stays.
  void gone(HasMetadata workload) {
    var uid = workload.getMetadata().getUid();
    toldBefore.remove(uid);
    refusals.remove(uid);
    losses.forget(uid);
  }

  void forget(String model) {
    steps.remove(model);
    pairs.remove(model);
    silences.remove(model);
  }

  Map<String, Hindrance> refused(Collection<? extends HasMetadata> workloads, Instant now) {
    var found = new HashMap<String, Hindrance>();
    for (var workload : workloads) {
      var meta = workload.getMetadata();
      losses.contested(meta.getUid(), now).ifPresent(why -> found.put(meta.getUid(), why));
      var refusal = refusals.get(meta.getUid());
      if (refusal != null) {
        if (refusal.resourceVersion.equals(meta.getResourceVersion())
            && refusal.until.isAfter(now)) {
          found.put(meta.getUid(), refusal.why);
        } else {
          refusals.remove(meta.getUid(), refusal);
        }
      }
    }
    return found;
  }

  private static boolean retried(ModelOutlook outlook) {
    var seen = outlook.seen();
    return !seen.declared().requests().retry().equals(seen.before().handled().retry());
  }

  /// Who changes it again and again is told all the same.
  Optional<Instant> silent(String model, Instant until, Instant now) {
    var since = silences.computeIfAbsent(model, _ -> now);
    return Optional.of(until).filter(_ -> since.plus(SILENCE).isAfter(now));
  }

  void told(String model) {
    silences.remove(model);
  }

  /// Parameters alone never wait. With a key that is being proven they are not alone: agents that
  /// go ahead with them would be restarted twice.
  private Optional<Instant> unsettledSince(String model, ModelOutlook outlook, Instant now) {
    var alone = !keyIsBeingProven(outlook);
    var wanted =
        outlook.wanted().map(one -> alone ? pair(one.revision()) : List.<Object>of(one.name()));
    var applied =
        outlook
            .seen()
            .before()
            .applied()
            .map(one -> alone ? pair(one.settings()) : List.<Object>of(one.name()));
    if (wanted.isEmpty() || wanted.equals(applied)) {
      pairs.remove(model);
      return Optional.empty();
    }
    var pair =
        pairs.compute(
            model,
            (_, before) ->
                before != null && before.parts.equals(wanted.get())
                    ? before
                    : new Pair(wanted.get(), now));
    return Optional.of(pair.since);
  }

  private static boolean keyIsBeingProven(ModelOutlook outlook) {
    return outlook.seen().key() instanceof KeyState.Usable(var key, _)
        && key.successor() == UsableKey.Successor.Pending;
  }

  private static List<Object> pair(Revision revision) {
    return List.of(
        revision.apiKey(), revision.keyRevision(), revision.endpoint(), revision.model());
  }
}
