package dev.llmconfig.plan.delivery;

import dev.llmconfig.plan.rollout.Hindrance;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What may be lost with the process.
///
/// @param unwell as in [dev.llmconfig.plan.rollout.Step]
/// @param handedOver as in [dev.llmconfig.plan.rollout.Step]
/// @param failed the revision that has failed, where the status does not say so yet
/// @param unsettledSince since when the key, place or model is as it is now, where that changed
/// @param refused why a write to a workload was refused, by its uid and for as long as it is as it
///   was
/// @param missing why an object that a template would name cannot be had, by its name
public record DeliveryMemory(
    Set<String> unwell,
    Set<String> handedOver,
    Optional<String> failed,
    Optional<Instant> unsettledSince,
    Map<String, Hindrance> refused,
    Map<String, Hindrance> missing) {

  public static final DeliveryMemory NONE =
      new DeliveryMemory(
          Set.of(), Set.of(), Optional.empty(), Optional.empty(), Map.of(), Map.of());

  public DeliveryMemory {
    unwell = Set.copyOf(unwell);
    handedOver = Set.copyOf(handedOver);
    refused = Map.copyOf(refused);
    missing = Map.copyOf(missing);
  }

  public DeliveryMemory missing(Map<String, Hindrance> found) {
    return new DeliveryMemory(unwell, handedOver, failed, unsettledSince, refused, found);
  }

  public DeliveryMemory refused(Map<String, Hindrance> found) {
    return new DeliveryMemory(unwell, handedOver, failed, unsettledSince, found, missing);
  }

  /// What a step hands to the next one.
  public DeliveryMemory after(DeliveryPlan plan) {
    return new DeliveryMemory(
        plan.unwell(), plan.handedOver(), plan.failed(), unsettledSince, refused, missing);
  }
}
