package dev.llmconfig.plan.rollout;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Decides one step: everybody is judged first, then those who failed are put back, then those
/// whose turn it is start, as many as may roll at a time.
public final class Rollout {

  /// The healthy before the unhealthy, then the oldest first.
  private static final Comparator<Agent> ORDER =
      Comparator.comparing((Agent agent) -> !(agent.progress() instanceof Progress.Done))
          .thenComparing(Agent::created)
          .thenComparing(Agent::id);

  private final Ground ground;
  private final SortedMap<Agent.Id, Standing> standings = new TreeMap<>();
  private final SortedMap<Agent.Id, Move> moves = new TreeMap<>();
  private final Set<String> unwell = new HashSet<>();
  private boolean failed;

  private Rollout(Ground ground) {
    this.ground = ground;
    this.failed = ground.candidateFailed();
  }

  public static Step step(Ground ground) {
    var rollout = new Rollout(ground);
    ground.agents().forEach(rollout::judge);
    ground.agents().forEach(rollout::settle);
    rollout.start();
    return rollout.taken();
  }

  /// Who carries the candidate, and how it does with it. What carries the applied settings is up to
  /// date; its later availability is its owner's business.
  private void judge(Agent agent) {
    if (!agent.hasCandidate()) {
      return;
    }
    if (ground.settled() || agent.sameEitherWay()) {
      stands(agent, resting(agent));
      return;
    }
    boolean wasUnwell = ground.unwell().contains(agent.id().uid());
    if (wasUnwell) {
      unwell.add(agent.id().uid());
    }
    if (agent.held() == Agent.Held.UNTIL_DELETED) {
      stands(agent, Standing.ON_NEXT_RESTART);
      return;
    }
    switch (agent.progress()) {
      case Progress.Done _ -> stands(agent, Standing.UP_TO_DATE);
      case Progress.Going _ -> stands(agent, Standing.ROLLING);
      case Progress.Failed _ when wasUnwell -> stands(agent, Standing.UNWELL);
      case Progress.Failed _ -> {
        failed = true;
        stands(agent, Standing.FAILED);
      }
    }
  }

  private static Standing resting(Agent agent) {
    return agent.held() == Agent.Held.UNTIL_DELETED && !(agent.progress() instanceof Progress.Done)
        ? Standing.ON_NEXT_RESTART
        : Standing.UP_TO_DATE;
  }

  /// Everybody whose turn it is not: put back, brought to the last good settings, or left waiting.
  private void settle(Agent agent) {
    if (standings.get(agent.id()) == Standing.FAILED) {
      putBack(agent);
    } else if (!agent.hasCandidate()) {
      stands(agent, without(agent));
    }
  }

  private void putBack(Agent agent) {
    if (ground.putsBack() && ground.leave() != Ground.Leave.FROZEN && movable(agent)) {
      moves.put(agent.id(), agent.applied().isPresent() ? Move.APPLIED : Move.RELEASE);
      stands(agent, Standing.PUT_BACK);
    }
  }

  private Standing without(Agent agent) {
    if (agent.obstacle().isPresent() || (ground.settled() && agent.undone())) {
      return Standing.BLOCKED;
    }
    if (ground.settled()) {
      return settledWithout(agent);
    }
    if (ground.leave() == Ground.Leave.GIVEN && !failed) {
      return Standing.WAITING;
    }
    if (agent.hasApplied()) {
      return failed ? afterFailure(agent) : Standing.WAITING;
    }
    if (wantsApplied(agent)) {
      moves.put(agent.id(), Move.APPLIED);
    }
    return failed && agent.applied().isEmpty() && agent.carries().isEmpty()
        ? Standing.PUT_BACK
        : Standing.WAITING;
  }

  /// It came in mid-roll, or has what is not wanted any more. What is on its way already stays
  /// while the candidate may still be proven, because it would only restart twice.
  private boolean wantsApplied(Agent agent) {
    return agent.applied().isPresent()
        && movable(agent)
        && !agent.undone()
        && switch (ground.leave()) {
          case FROZEN -> false;
          case PENDING -> agent.carries().isEmpty();
          case GIVEN, REFUSED, NOT_APPROVED -> true;
        };
  }

  private static Standing afterFailure(Agent agent) {
    return agent.progress() instanceof Progress.Failed ? Standing.FAILED : Standing.PUT_BACK;
  }

  private Standing settledWithout(Agent agent) {
    if (movable(agent) && ground.leave() != Ground.Leave.FROZEN) {
      moves.put(agent.id(), Move.CANDIDATE);
      return Standing.ROLLING;
    }
    return Standing.WAITING;
  }

  private void start() {
    if (ground.settled() || failed || ground.leave() != Ground.Leave.GIVEN) {
      return;
    }
    long free = ground.maxParallel() - rolling();
    if (!ground.minInterval().isZero()) {
      free = intervalOver() ? Math.min(free, 1) : 0;
    }
    waiting().stream()
        .filter(agent -> agent.held() == Agent.Held.UNTIL_DELETED)
        .forEach(this::start);
    waiting().stream().limit(Math.max(0, free)).forEach(this::start);
  }

  private void start(Agent agent) {
    moves.put(agent.id(), Move.CANDIDATE);
    if (agent.held() == Agent.Held.UNTIL_DELETED) {
      stands(agent, Standing.ON_NEXT_RESTART);
      return;
    }
    if (!(agent.progress() instanceof Progress.Done)) {
      unwell.add(agent.id().uid());
    }
    stands(agent, Standing.ROLLING);
  }

  private List<Agent> waiting() {
    return ground.agents().stream()
        .filter(agent -> standings.get(agent.id()) == Standing.WAITING)
        .filter(Rollout::movable)
        .sorted(ORDER)
        .toList();
  }

  private static boolean movable(Agent agent) {
    return agent.held() != Agent.Held.PAUSED && agent.obstacle().isEmpty();
  }

  private long rolling() {
    return standings.values().stream().filter(Standing.ROLLING::equals).count();
  }

  private boolean intervalOver() {
    return nextStart().filter(next -> next.isAfter(ground.now())).isEmpty();
  }

  private Optional<Instant> nextStart() {
    return ground.agents().stream()
        .filter(Agent::hasCandidate)
        .flatMap(agent -> agent.written().stream())
        .max(Comparator.naturalOrder())
        .map(last -> last.plus(ground.minInterval()));
  }

  private Step taken() {
    boolean finished =
        !ground.settled()
            && !failed
            && ground.leave() == Ground.Leave.GIVEN
            && moves.isEmpty()
            && standings.values().stream().noneMatch(Standing::holdsBack);
    return new Step(
        standings,
        moves,
        finished,
        failed ? Optional.of(ground.candidate()) : ground.failed(),
        unwell,
        nextLook());
  }

  private Optional<Instant> nextLook() {
    var start =
        standings.containsValue(Standing.WAITING) && !ground.minInterval().isZero() && !failed
            ? nextStart()
            : Optional.<Instant>empty();
    var deadlines =
        ground.agents().stream()
            .filter(agent -> standings.get(agent.id()) == Standing.ROLLING)
            .flatMap(agent ->
                agent.progress() instanceof Progress.Going(var until)
                    ? until.stream()
                    : Stream.<Instant>empty());
    return Stream.concat(start.stream(), deadlines)
        .filter(time -> time.isAfter(ground.now()))
        .min(Comparator.naturalOrder());
  }

  private void stands(Agent agent, Standing standing) {
    standings.put(agent.id(), standing);
  }
}
