package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.Labels;
import dev.llmconfig.plan.ModelOutlook;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
