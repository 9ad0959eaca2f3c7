package dev.llmconfig.plan.rollout;

import java.time.Instant;
import java.util.Optional;

/// A workload as a rollout sees it.
///
/// @param carries what its pod template carries of ours
/// @param candidate what it would carry with the new settings
/// @param applied what it would carry with the last good ones; empty where there are none
/// @param written when we wrote to it last
/// @param hindrance why nothing can be delivered to it, if so
/// @param undone whether a person has put back what we had delivered
/// @param foreign whether another ModelConfig has delivered what it carries
/// @param stranded whether it names a Secret that is gone: no pod of it can start
public record Agent(
    Id id,
    Instant created,
    Optional<String> carries,
    String candidate,
    Optional<String> applied,
    Progress progress,
    Held held,
    Optional<Instant> written,
    Optional<Hindrance> hindrance,
    boolean undone,
    boolean foreign,
    boolean stranded) {

  /// Which workload.
  public record Id(String kind, String name, String uid) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byName = name.compareTo(other.name);
      int byKind = byName != 0 ? byName : kind.compareTo(other.kind);
      return byKind != 0 ? byKind : uid.compareTo(other.uid);
    }
  }

  /// What its owner has decided about its pods.
  public enum Held {
    NO,
    /// Paused: a write would only pile up.
    PAUSED,
    /// New pods come when somebody deletes the old ones.
    UNTIL_DELETED
  }

  public boolean hasCandidate() {
    return carries.filter(candidate::equals).isPresent();
  }

  boolean hasApplied() {
    return carries.isPresent() && carries.equals(applied);
  }

  /// Whether its pods are being replaced because of a write of ours. What is on its way for longer
  /// is there by its owner's doing.
  boolean inOurWake(Instant now) {
    return progress instanceof Progress.Going
        && held == Held.NO
        && carries.isPresent()
        && written.filter(at -> at.plus(Pods.PATIENCE).isAfter(now)).isPresent();
  }

  boolean well() {
    return progress instanceof Progress.Done;
  }

  /// Whether its pods would not notice the difference.
  boolean sameEitherWay() {
    return applied.filter(candidate::equals).isPresent();
  }
}
