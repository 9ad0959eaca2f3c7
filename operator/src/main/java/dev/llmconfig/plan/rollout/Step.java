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
/// @param nextLook when time alone changes the step
public record Step(
    SortedMap<Agent.Id, Standing> standings,
    SortedMap<Agent.Id, Move> moves,
    boolean finished,
    Optional<String> failed,
    Set<String> unwell,
    Optional<Instant> nextLook) {

  public Step {
    standings = Collections.unmodifiableSortedMap(new TreeMap<>(standings));
    moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
    unwell = Set.copyOf(unwell);
  }

  /// How many stand like that.
  public long count(Standing standing) {
    return standings.values().stream().filter(standing::equals).count();
  }
}
