package dev.llmconfig.plan.rollout;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// One step of a rollout.
///
/// @param finished whether the candidate counts as applied from now on
/// @param failed the revision that is not to be tried again
/// @param unwell to be handed to the next step
/// @param handedOver to be handed to the next step
/// @param nextLook when time alone changes the step
public record Step(
    SortedMap<Agent.Id, Stage> stages,
    SortedMap<Agent.Id, Act> acts,
    boolean finished,
    Optional<String> failed,
    Set<String> unwell,
    Set<String> handedOver,
    Optional<Instant> nextLook) {

  public Step {
    stages = Collections.unmodifiableSortedMap(new TreeMap<>(stages));
    acts = Collections.unmodifiableSortedMap(new TreeMap<>(acts));
    unwell = Set.copyOf(unwell);
    handedOver = Set.copyOf(handedOver);
  }

  /// How many stand like that.
  public long count(Stage stage) {
    return stages.values().stream().filter(stage::equals).count();
  }
}
