package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.rollout.Pods;
import dev.llmconfig.plan.rollout.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that a step of a delivery is decided from.
///
/// @param workloads those of the namespace that this ModelConfig could have to do with
/// @param provided names of the Secrets and ConfigMaps of ours that are there
/// @param sources the variables of sources of `envFrom` that are not ours, such as of `ConfigMap
///   chat`
/// @param patience until when a ModelConfig on its way out waits for somebody to take over its
///   workloads
public record DeliveryObserved(
    ModelOutlook outlook,
    List<HasMetadata> workloads,
    Holders holders,
    Set<String> provided,
    DeliveryMemory memory,
    Map<String, Set<String>> sources,
    Optional<Instant> patience) {

  /// A change of key, place or model comes to rest first: often it is two writes.
  private static final Duration SETTLE = Duration.ofSeconds(1);

  /// A new key and a new model are one rollout, if the word on the key does not take too long.
  private static final Duration VERDICT = Duration.ofSeconds(30);

  /// How far two turns of a rollout can be apart before it looks as if it stood still.
  private static final Duration BETWEEN_TURNS = Duration.ofMinutes(2);

  /// How soon the next turn is looked for: no event of those who take over is about us.
  private static final Duration NEXT_TURN = Duration.ofSeconds(5);

  public DeliveryObserved {
    workloads = List.copyOf(workloads);
    provided = Set.copyOf(provided);
    sources = Map.copyOf(sources);
  }

  /// Of one that stays.
  public DeliveryObserved(
      ModelOutlook outlook,
      List<HasMetadata> workloads,
      Holders holders,
      Set<String> provided,
      DeliveryMemory memory) {
    this(outlook, workloads, holders, provided, memory, Map.of(), Optional.empty());
  }

  public DeliveryObserved with(DeliveryMemory other) {
    return new DeliveryObserved(outlook, workloads, holders, provided, other, sources, patience);
  }

  public DeliveryObserved with(List<HasMetadata> others) {
    return new DeliveryObserved(outlook, others, holders, provided, memory, sources, patience);
  }

  /// Until when a change waits for what belongs to it; empty when it waits no more.
  Optional<Instant> settlesUntil() {
    var now = outlook.seen().now();
    return memory
        .unsettledSince()
        .map(since -> since.plus(keyIsBeingProven() ? VERDICT : SETTLE))
        .filter(now::isBefore);
  }

  /// Until when there is nothing to be told but that it waits for a moment: of agents that have
  /// good settings, while nobody has said no to the next ones.
  public Optional<Instant> silentUntil() {
    var declared = outlook.seen().declared();
    return memory
        .unsettledSince()
        .map(since -> since.plus(SETTLE))
        .filter(outlook.seen().now()::isBefore)
        .filter(_ -> outlook.seen().before().applied().isPresent() && !outlook.refused())
        .filter(
            _ -> !declared.suspended() && !declared.deleting() && !declared.requests().dryRun());
  }

  /// Until when one on its way out leaves its workloads to those that they go to: for a while, and
  /// for as long as they are being taken over one after the other. Empty when it waits no more.
  Optional<Instant> handsOverUntil() {
    var now = outlook.seen().now();
    return patience
        .filter(now::isBefore)
        .or(() ->
            workloads.stream().anyMatch(this::takenOverJustNow)
                ? Optional.of(now.plus(NEXT_TURN))
                : Optional.empty());
  }

  private boolean takenOverJustNow(HasMetadata one) {
    var labels = Optional.ofNullable(one.getMetadata().getLabels()).orElse(Map.of());
    var now = outlook.seen().now();
    var written = Written.last(one);
    return holders.of(labels) instanceof Holders.Holder.One(var name)
        && !name.equals(name())
        && name.equals(labels.get(Labels.DELIVERED_BY))
        && (written.filter(at -> at.plus(BETWEEN_TURNS).isAfter(now)).isPresent()
            || Pods.of(one, written, now).progress() instanceof Progress.Going);
  }

  private boolean keyIsBeingProven() {
    return outlook.seen().key() instanceof KeyState.Usable(var key, _)
        && key.successor() == UsableKey.Successor.Pending;
  }

  boolean anythingOfOurs() {
    return workloads.stream()
        .anyMatch(one -> {
          var labels = one.getMetadata().getLabels();
          return labels != null && name().equals(labels.get(Labels.DELIVERED_BY));
        });
  }

  String name() {
    return outlook.seen().declared().ref().name();
  }
}
