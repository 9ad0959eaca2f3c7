package dev.llmconfig.plan.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that a step is decided from.
///
/// @param candidate revision of the declared settings
/// @param applied revision of the last good ones
/// @param failed the revision that is not tried again
/// @param told whether the status says that the candidate has failed: who is put back before that
///   is forgotten with the process, and others would get what has failed
/// @param leave whether the candidate may go to agents at all
/// @param putsBack whether an agent that fails is put back
/// @param shared whether all agents read one Secret, before and after: when one is put back, what
///   the others would find at their next restart is put back, too
/// @param unwell uids of the agents that were not available before the candidate was written to
///   them, as the step before handed them over
/// @param handedOver uids of those that were given the settled settings in their turn and have not
///   become available yet, as the step before handed them over
/// @param tried uids of those that did not become available with the candidate, as the status tells
///   it: who was put back is told from who never started by nothing else
public record Ground(
    String candidate,
    Optional<String> applied,
    Optional<String> failed,
    boolean told,
    Leave leave,
    int maxParallel,
    Duration minInterval,
    boolean putsBack,
    boolean shared,
    List<Agent> agents,
    Set<String> unwell,
    Set<String> handedOver,
    Set<String> tried,
    Instant now) {

  public Ground {
    agents = List.copyOf(agents);
    unwell = Set.copyOf(unwell);
    handedOver = Set.copyOf(handedOver);
    tried = Set.copyOf(tried);
  }

  /// Whether the candidate may go to agents.
  public enum Leave {
    GIVEN,
    /// It has not proven itself yet.
    PENDING,
    REFUSED,
    /// A person must approve it first.
    NOT_APPROVED,
    /// What is declared cannot be used: nothing moves but what could not run otherwise.
    WITHHELD,
    /// Nothing at all may move.
    FROZEN
  }

  /// Whether agents stay as they are.
  public boolean still() {
    return leave == Leave.FROZEN || leave == Leave.WITHHELD;
  }

  /// Whether there is nothing new.
  public boolean settled() {
    return applied.filter(candidate::equals).isPresent();
  }

  boolean candidateFailed() {
    return failed.filter(candidate::equals).isPresent();
  }
}
