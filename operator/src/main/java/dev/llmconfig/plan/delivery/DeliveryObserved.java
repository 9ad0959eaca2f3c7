package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.plan.ModelOutlook;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that a step of a delivery is decided from.
///
/// @param workloads those of the namespace that this ModelConfig could have to do with
/// @param keySecrets names of the delivered Secrets that are there
/// @param patience until when a ModelConfig on its way out leaves its workloads to those that they
///   go to
public record DeliveryObserved(
    ModelOutlook outlook,
    List<HasMetadata> workloads,
    Holders holders,
    Set<String> keySecrets,
    DeliveryMemory memory,
    Optional<Instant> patience) {

  /// A change of key, place or model comes to rest first: often it is two writes.
  private static final Duration SETTLE = Duration.ofSeconds(1);

  /// A new key and a new model are one rollout, if the word on the key does not take too long.
  private static final Duration VERDICT = Duration.ofSeconds(30);

  public DeliveryObserved {
    workloads = List.copyOf(workloads);
    keySecrets = Set.copyOf(keySecrets);
  }

  /// Of one that stays.
  public DeliveryObserved(
      ModelOutlook outlook,
      List<HasMetadata> workloads,
      Holders holders,
      Set<String> keySecrets,
      DeliveryMemory memory) {
    this(outlook, workloads, holders, keySecrets, memory, Optional.empty());
  }

  public DeliveryObserved with(DeliveryMemory other) {
    return new DeliveryObserved(outlook, workloads, holders, keySecrets, other, patience);
  }

  public DeliveryObserved with(List<HasMetadata> others) {
    return new DeliveryObserved(outlook, others, holders, keySecrets, memory, patience);
  }

  /// Until when a change waits for what belongs to it; empty when it waits no more.
  Optional<Instant> settlesUntil() {
    var now = outlook.seen().now();
    return memory
        .unsettledSince()
        .map(since -> since.plus(keyIsBeingProven() ? VERDICT : SETTLE))
        .filter(now::isBefore);
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
