package dev.llmconfig.reconcile;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.guest.Guest;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.KeyUse;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.PlannedEvent;
import dev.llmconfig.plan.delivery.DeliveryObserved;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import dev.llmconfig.plan.delivery.DeliveryPlanner;
import dev.llmconfig.plan.delivery.Need;
import dev.llmconfig.plan.delivery.WorkloadWrite;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Carries a delivery one step further: first what templates will name, then the workloads, and
/// then what the status says, worked out from what the API server answered.
final class Deliveries {

  /// Its owner has changed a workload while we looked at it: that is no failure, and no reason to
  /// wait longer each time. The watch has the change by then.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /// No watch tells when what is in the way of our names, or goes before them, is gone: it bears no
  /// label of ours.
  private static final Duration TRY_AGAIN = Duration.ofSeconds(15);

  /// Nobody tells when a right is given back.
  private static final Duration RIGHT = Duration.ofMinutes(1);

  /// How long a ModelConfig on its way out waits for others to take over its workloads: time to
  /// verify, and not so long that a broken one keeps a namespace from going.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Workloads workloads;
  private final Neighbours neighbours;
  private final Provisions provisions;
  private final Applier applier;
  private final Sweep sweep;
  private final DeliveryMemories memories;

  /// How far it came.
  ///
  /// @param config as it is now
  /// @param events of the step itself
  /// @param conflicts how many workloads changed between the look and the write
  /// @param silentUntil until when it need not be told
  /// @param failed what kept a write from being done that must be tried again
  record Outcome(
      ModelConfig config,
      DeliveryPlan plan,
      List<PlannedEvent> events,
      Optional<Instant> nextLook,
      int conflicts,
      Optional<Instant> silentUntil,
      Optional<RuntimeException> failed) {}

  Deliveries(
      Workloads workloads,
      Neighbours neighbours,
      Provisions provisions,
      Applier applier,
      Sweep sweep,
      DeliveryMemories memories) {
    this.workloads = workloads;
    this.neighbours = neighbours;
    this.provisions = provisions;
    this.applier = applier;
    this.sweep = sweep;
    this.memories = memories;
  }

  Outcome deliver(ModelConfig config, ModelOutlook outlook, Instant now) {
    var declared = outlook.seen().declared();
    var ref = declared.ref();
    var around = workloads.around(ref, declared.delivery().selector());
    var seen =
        new DeliveryObserved(
            outlook,
            around,
            neighbours.holders(ref.namespace(), around),
            provisions.present(ref.namespace()),
            memories.of(declared.uid(), outlook, around, now),
            provisions.besideOurs(ref.name(), around, now),
            Optional.ofNullable(config.getMetadata().getDeletionTimestamp())
                .map(since -> Instant.parse(since).plus(PATIENCE)));
    var plan = DeliveryPlanner.plan(seen);
    // Before there is anything of ours to be looked after.
    var mine =
        plan.needs().stream().anyMatch(Need.Environment.class::isInstance)
            ? applier.guard(config, KeyUse.Guard.SET)
            : config;
    var missing = new HashMap<String, Hindrance>();
    // What cannot be had leads to another plan, which can need something else.
    for (var found = provide(plan, mine);
        !missing.keySet().containsAll(found.keySet());
        found = provide(plan, mine)) {
      missing.putAll(found);
      seen = seen.with(seen.memory().missing(missing));
      plan = DeliveryPlanner.plan(seen);
    }
    // Before anything of ours is on a workload, so that nothing is left behind.
    var guarded =
        plan.guarded() && !plan.writes().isEmpty() && !config.isMarkedForDeletion()
            ? applier.guard(mine, KeyUse.Guard.SET)
            : mine;
    var written = write(plan.writes(), around, now);
    memories.lost(plan.lost(), around, written.uids(), now);
    var known =
        seen.with(written.workloads())
            .with(seen.memory().after(plan).refused(memories.refused(written.workloads(), now)));
    // Mostly nothing was to be done, and what has not changed needs no second plan.
    var then = known.equals(seen) ? plan : DeliveryPlanner.plan(known);
    memories.keep(declared.uid(), then);
    var events = events(plan, then);
    var still = plan.writes().isEmpty() && events.isEmpty();
    return new Outcome(
        guarded,
        then,
        events,
        Stream.concat(
                next(plan, then, written, !missing.isEmpty() || shadowed(seen, then), now).stream(),
                memories.triedAgain(written.workloads()).stream())
            .min(Instant::compareTo),
        written.conflicts().size(),
        seen.silentUntil()
            .filter(_ -> still)
            .flatMap(until -> memories.silent(declared.uid(), until, now)),
        written.failed());
  }

  /// What cannot be read any more is taken away all the same.
  void releaseAll(Ref model, Instant now) {
    var marked =
        workloads.around(model, Optional.empty()).stream()
            .filter(one -> Workloads.marked(one, model.name()))
            .filter(one -> one.getMetadata().getDeletionTimestamp() == null)
            .toList();
    var writes =
        marked.stream()
            .map(
                one -> new WorkloadWrite(one, Guest.release(Workload.of(one), Set.of()), List.of()))
            .filter(one -> one.patch().body().isPresent())
            .toList();
    var written = write(writes, marked, now);
    Stream.concat(written.failed().stream(), written.conflicts().stream())
        .findFirst()
        .ifPresent(failed -> {
          throw failed;
        });
  }

  /// The Secret that agents read by their own manifests.
  ///
  /// @return what is to be said of it
  Optional<PlannedEvent> end(ModelConfig gone) {
    return provisions
        .environments()
        .end(gone)
        .map(reader ->
            new PlannedEvent(
                PlannedEvent.Reason.LeftBehind,
                "Secret %s stays with the settings that it has, because %s names it; it goes when nobody does any more."
                    .formatted(
                        ManagedNames.environmentSecret(gone.getMetadata().getName()), reader)));
  }

  /// Nothing of ours is left on any workload, so nothing is left to clean up.
  ModelConfig letGo(ModelConfig config) {
    if (!config.hasFinalizer(ApiGroup.FINALIZER)) {
      return config;
    }
    try {
      return applier.guard(config, KeyUse.Guard.LIFT);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == 404) {
        return config; // it went with the finalizer, and the watch will tell
      }
      throw refused;
    }
  }

  /// Its status says what there is to say.
  void told(ModelConfig config) {
    memories.told(config.getMetadata().getUid());
  }

  void forget(ModelConfig gone) {
    memories.forget(gone.getMetadata().getUid());
  }

  private Map<String, Hindrance> provide(DeliveryPlan plan, ModelConfig config) {
    var needs = new LinkedHashSet<Need>(plan.needs());
    plan.writes().forEach(write -> needs.addAll(write.needs()));
    var missing = new HashMap<String, Hindrance>();
    for (var need : needs) {
      provisions.provide(need, config).ifPresent(why -> missing.put(need.id(), why));
    }
    return missing;
  }

  /// @param workloads all of them, as they are after the writes
  private record Written(
      List<HasMetadata> workloads,
      Set<String> uids,
      List<RuntimeException> conflicts,
      Optional<RuntimeException> failed) {}

  /// One workload that cannot be written is not in the way of the others.
  private Written write(List<WorkloadWrite> writes, List<HasMetadata> all, Instant now) {
    var answers = new HashMap<String, HasMetadata>();
    var conflicts = new ArrayList<RuntimeException>();
    RuntimeException failed = null;
    for (var write : writes) {
      var uid = write.object().getMetadata().getUid();
      try {
        var answer = applier.patch(write);
        workloads.wrote(answer);
        if (!Labelled.labels(answer).containsKey(Labels.DELIVERED_BY)) {
          sweep.released(answer);
        }
        answers.put(uid, answer);
      } catch (KubernetesClientException refused) {
        switch (refused.getCode()) {
          case 404 -> {} // it is gone, and the watch will tell
          case 409 -> conflicts.add(refused);
          case 403 -> memories.refused(write.object(), refusal(refused), now.plus(RIGHT));
          case 400, 422 ->
              memories.refused(write.object(), refusal(refused), now.plus(Controllers.BELT));
          default -> failed = failed == null ? refused : failed;
        }
      }
    }
    var after = new ArrayList<HasMetadata>();
    all.forEach(one -> after.add(answers.getOrDefault(one.getMetadata().getUid(), one)));
    return new Written(after, answers.keySet(), conflicts, Optional.ofNullable(failed));
  }

  /// Nothing of the answer but its code: it can quote what was sent.
  private static Hindrance refusal(KubernetesClientException refused) {
    return refused.getCode() == 403
        ? new Hindrance(
            ConditionReason.Forbidden,
            "the API server forbids the change (403); give the operator patch on it, or ask who guards it by an admission policy")
        : new Hindrance(
            ConditionReason.Forbidden,
            "the API server refuses the change (%d), as an admission policy or an invalid template makes it do"
                .formatted(refused.getCode()));
  }

  private static boolean shadowed(DeliveryObserved seen, DeliveryPlan plan) {
    return seen.sources().values().stream().anyMatch(names -> !names.isEmpty())
        && plan.behind().stream()
            .anyMatch(one -> one.reason().equals(ConditionReason.ShadowedEnv.name()));
  }

  private static List<PlannedEvent> events(DeliveryPlan plan, DeliveryPlan then) {
    return Stream.concat(plan.events().stream(), then.events().stream())
        .filter(event ->
            event.reason() != PlannedEvent.Reason.RolloutStarted || plan.events().contains(event))
        .distinct()
        .toList();
  }

  /// Whoever can go on goes on at once, but not with what was written just now: what is undone at
  /// once is left to the next event.
  private static Optional<Instant> next(
      DeliveryPlan plan, DeliveryPlan then, Written written, boolean missing, Instant now) {
    if (!written.conflicts().isEmpty()) {
      return Optional.of(now.plus(LOOK_AGAIN));
    }
    var more =
        then.writes().stream()
            .anyMatch(write -> !written.uids().contains(write.object().getMetadata().getUid()));
    return more && written.failed().isEmpty()
        ? Optional.of(now)
        : Stream.of(
                plan.nextLook(),
                then.nextLook(),
                missing ? Optional.of(now.plus(TRY_AGAIN)) : Optional.<Instant>empty())
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
  }
}
