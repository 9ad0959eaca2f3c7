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
  private final SortedMap<Agent.Id, Stage> stages = new TreeMap<>();
  private final SortedMap<Agent.Id, Act> acts = new TreeMap<>();
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
      stands(agent, Stage.ON_NEXT_RESTART);
      return;
    }
    switch (agent.progress()) {
      case Progress.Done _ -> stands(agent, Stage.UP_TO_DATE);
      case Progress.Going _ -> stands(agent, Stage.ROLLING);
      case Progress.Failed _ when wasUnwell -> stands(agent, Stage.UNWELL);
      case Progress.Failed _ -> {
        failed = true;
        stands(agent, Stage.FAILED);
      }
    }
  }

  private static Stage resting(Agent agent) {
    return agent.held() == Agent.Held.UNTIL_DELETED && !(agent.progress() instanceof Progress.Done)
        ? Stage.ON_NEXT_RESTART
        : Stage.UP_TO_DATE;
  }

  /// Everybody whose turn it is not: put back, brought to the last good settings, or left waiting.
  private void settle(Agent agent) {
    if (stages.get(agent.id()) == Stage.FAILED) {
      putBack(agent);
    } else if (!agent.hasCandidate()) {
      stands(agent, without(agent));
    }
  }

  private void putBack(Agent agent) {
    if (ground.putsBack() && ground.leave() != Ground.Leave.FROZEN && movable(agent)) {
      acts.put(agent.id(), agent.applied().isPresent() ? Act.APPLIED : Act.RELEASE);
      stands(agent, Stage.PUT_BACK);
    }
  }

  private Stage without(Agent agent) {
    if (agent.hindrance().isPresent() || (ground.settled() && agent.undone())) {
      return Stage.BLOCKED;
    }
    if (ground.settled()) {
      return settledWithout(agent);
    }
    if (ground.leave() == Ground.Leave.GIVEN && !failed) {
      return Stage.WAITING;
    }
    if (agent.hasApplied()) {
      return failed ? afterFailure(agent) : Stage.WAITING;
    }
    if (wantsApplied(agent)) {
      acts.put(agent.id(), Act.APPLIED);
    }
    return failed && agent.applied().isEmpty() && agent.carries().isEmpty()
        ? Stage.PUT_BACK
        : Stage.WAITING;
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

  private static Stage afterFailure(Agent agent) {
    return agent.progress() instanceof Progress.Failed ? Stage.FAILED : Stage.PUT_BACK;
  }

  private Stage settledWithout(Agent agent) {
    if (movable(agent) && ground.leave() != Ground.Leave.FROZEN) {
      acts.put(agent.id(), Act.CANDIDATE);
      return Stage.ROLLING;
    }
    return Stage.WAITING;
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
    acts.put(agent.id(), Act.CANDIDATE);
    if (agent.held() == Agent.Held.UNTIL_DELETED) {
      stands(agent, Stage.ON_NEXT_RESTART);
      return;
    }
    if (!(agent.progress() instanceof Progress.Done)) {
      unwell.add(agent.id().uid());
    }
    stands(agent, Stage.ROLLING);
  }

  private List<Agent> waiting() {
    return ground.agents().stream()
        .filter(agent -> stages.get(agent.id()) == Stage.WAITING)
        .filter(Rollout::movable)
        .sorted(ORDER)
        .toList();
  }

  private static boolean movable(Agent agent) {
    return agent.held() != Agent.Held.PAUSED && agent.hindrance().isEmpty();
  }

  private long rolling() {
    return stages.values().stream().filter(Stage.ROLLING::equals).count();
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
            && acts.isEmpty()
            && stages.values().stream().noneMatch(Stage::holdsBack);
    return new Step(
        stages,
        acts,
        finished,
        failed ? Optional.of(ground.candidate()) : ground.failed(),
        unwell,
        nextLook());
  }

  private Optional<Instant> nextLook() {
    var start =
        stages.containsValue(Stage.WAITING) && !ground.minInterval().isZero() && !failed
            ? nextStart()
            : Optional.<Instant>empty();
    var deadlines =
        ground.agents().stream()
            .filter(agent -> stages.get(agent.id()) == Stage.ROLLING)
            .flatMap(agent ->
                agent.progress() instanceof Progress.Going(var until)
                    ? until.stream()
                    : Stream.<Instant>empty());
    return Stream.concat(start.stream(), deadlines)
        .filter(time -> time.isAfter(ground.now()))
        .min(Comparator.naturalOrder());
  }

  private void stands(Agent agent, Stage stage) {
    stages.put(agent.id(), stage);
  }
}
