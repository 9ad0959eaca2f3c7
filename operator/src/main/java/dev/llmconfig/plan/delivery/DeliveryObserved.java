package dev.llmconfig.plan.delivery;

import dev.llmconfig.plan.ModelOutlook;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;

/// All that a step of a delivery is decided from.
///
/// @param workloads those of the namespace that this ModelConfig could have to do with
/// @param keySecrets names of the delivered Secrets that are there
public record DeliveryObserved(
    ModelOutlook outlook,
    List<HasMetadata> workloads,
    Holders holders,
    Set<String> keySecrets,
    DeliveryMemory memory) {

  public DeliveryObserved {
    workloads = List.copyOf(workloads);
    keySecrets = Set.copyOf(keySecrets);
  }

  public DeliveryObserved with(DeliveryMemory other) {
    return new DeliveryObserved(outlook, workloads, holders, keySecrets, other);
  }

  public DeliveryObserved with(List<HasMetadata> others) {
    return new DeliveryObserved(outlook, others, holders, keySecrets, memory);
  }

  String name() {
    return outlook.seen().declared().ref().name();
  }
}
