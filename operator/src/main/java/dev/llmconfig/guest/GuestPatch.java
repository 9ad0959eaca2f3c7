package dev.llmconfig.guest;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What to send for one workload, and what to say about it.
///
/// @param body a strategic merge patch that names only what is ours, locked by resourceVersion and
///   uid; empty when there is nothing to do
/// @param obstacles what should have been written and was not
/// @param lost what was delivered by the name of `rendered` and is gone; it is in the patch again
/// @param missing containers that were chosen and are not there
public record GuestPatch(
    Optional<String> body,
    Effect effect,
    List<Obstacle> obstacles,
    List<FieldPath> lost,
    SortedSet<String> missing) {

  public enum Effect {
    Nothing,
    /// Only the marker or the records of who owns what: nobody restarts.
    Bookkeeping,
    /// The pod template changes.
    Template
  }

  public GuestPatch {
    obstacles = List.copyOf(obstacles);
    lost = List.copyOf(lost);
  }
}
