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
      Comparator.comparing((Agent agent) -> !agent.well())
          .thenComparing(Agent::created)
          .thenComparing(Agent::id);

  private final Ground ground;
  private final SortedMap<Agent.Id, Stage> stages = new TreeMap<>();
  private final SortedMap<Agent.Id, Act> acts = new TreeMap<>();

  /// What those who wait would get in their turn.
  private final SortedMap<Agent.Id, Act> turns = new TreeMap<>();

  private final Set<String> unwell = new HashSet<>();
  private final Set<String> handedOver = new HashSet<>();
  private boolean failed;

  /// Whether the status must say first what comes next.
  private boolean telling;

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

  /// Who carries the candidate, and how it does with it.
  private void judge(Agent agent) {
    if (ground.unwell().contains(agent.id().uid()) && !agent.hasApplied()) {
      unwell.add(agent.id().uid());
    }
    if (!agent.hasCandidate()) {
      return;
    }
    if (ground.settled() || agent.sameEitherWay()) {
      rests(agent);
    } else if (agent.held() == Agent.Held.UNTIL_DELETED) {
      stands(agent, Stage.ON_NEXT_RESTART);
    } else {
      switch (agent.progress()) {
        case Progress.Done _ -> stands(agent, Stage.UP_TO_DATE);
        case Progress.Going _ -> stands(agent, Stage.ROLLING);
        case Progress.Failed _ when unwell.contains(agent.id().uid()) ->
            stands(agent, Stage.UNWELL);
        case Progress.Failed _ -> {
          failed = true;
          stands(agent, Stage.FAILED);
        }
      }
    }
  }

  /// What carries the applied settings is up to date; its later availability is its owner's
  /// business. But who was just handed over to them is judged like anybody in a rollout.
  private void rests(Agent agent) {
    var judged = ground.handedOver().contains(agent.id().uid()) && !agent.well();
    if (!judged) {
      stands(agent, resting(agent));
      return;
    }
    handedOver.add(agent.id().uid());
    if (agent.progress() instanceof Progress.Failed) {
      failed = true;
      stands(agent, Stage.FAILED);
    } else {
      stands(agent, Stage.ROLLING);
    }
  }

  private static Stage resting(Agent agent) {
    return agent.held() == Agent.Held.UNTIL_DELETED && !agent.well()
        ? Stage.ON_NEXT_RESTART
        : Stage.UP_TO_DATE;
  }

  /// Everybody whose turn it is not: put back, brought to the last good settings, or left waiting.
  private void settle(Agent agent) {
    if (stages.get(agent.id()) == Stage.FAILED) {
      putBack(agent);
    } else if (!agent.hasCandidate()) {
      stands(agent, without(agent));
    } else if (goesAlong(agent)) {
      turns.put(agent.id(), Act.APPLIED);
      stands(agent, failed ? Stage.PUT_BACK : Stage.WAITING);
    }
  }

  /// Who reads the Secret that was put back for somebody else. It runs, so it takes its turn.
  private boolean goesAlong(Agent agent) {
    return ground.shared()
        && !ground.settled()
        && !agent.sameEitherWay()
        && agent.applied().isPresent()
        && movable(agent)
        && ((failed && ground.putsBack() && ground.told())
            || ground.leave() == Ground.Leave.REFUSED);
  }

  /// From settled settings there is nothing to go back to.
  private void putBack(Agent agent) {
    if (!ground.putsBack() || ground.still() || ground.settled() || !movable(agent)) {
      return;
    }
    stands(agent, Stage.PUT_BACK);
    if (ground.told()) {
      acts.put(agent.id(), agent.applied().isPresent() ? Act.APPLIED : Act.RELEASE);
    } else {
      telling = true;
    }
  }

  private Stage without(Agent agent) {
    if (agent.stranded() && rescued(agent)) {
      return ground.settled() ? Stage.ROLLING : Stage.WAITING;
    }
    if (agent.hindrance().isPresent() || (ground.settled() && agent.undone())) {
      return Stage.BLOCKED;
    }
    if (ground.settled()) {
      return settledWithout(agent);
    }
    if (ground.leave() == Ground.Leave.GIVEN && !failed) {
      turns.put(agent.id(), Act.CANDIDATE);
      return Stage.WAITING;
    }
    if (agent.hasApplied()) {
      return failed ? afterFailure(agent) : Stage.WAITING;
    }
    if (wantsApplied(agent)) {
      (agent.carries().isEmpty() ? acts : turns).put(agent.id(), Act.APPLIED);
    }
    return failed && agent.applied().isEmpty() && agent.carries().isEmpty()
        ? Stage.PUT_BACK
        : Stage.WAITING;
  }

  /// The alternative is a pod that cannot start, so it waits for nobody.
  private boolean rescued(Agent agent) {
    if (!movable(agent) || ground.leave() == Ground.Leave.FROZEN) {
      return false;
    }
    if (agent.applied().isPresent()) {
      acts.put(agent.id(), Act.APPLIED);
    } else if (provenAndNotFailed()) {
      acts.put(agent.id(), Act.CANDIDATE);
    }
    return acts.containsKey(agent.id());
  }

  private boolean provenAndNotFailed() {
    return switch (ground.leave()) {
      case GIVEN, NOT_APPROVED -> !failed;
      case PENDING, REFUSED, WITHHELD, FROZEN -> false;
    };
  }

  /// It came in mid-roll, or has what is not wanted any more. What is on its way already stays
  /// while the candidate may still be proven, because it would only restart twice.
  private boolean wantsApplied(Agent agent) {
    return agent.applied().isPresent()
        && movable(agent)
        && !agent.undone()
        && switch (ground.leave()) {
          case FROZEN, WITHHELD -> false;
          case PENDING -> agent.carries().isEmpty();
          case GIVEN, REFUSED, NOT_APPROVED -> true;
        };
  }

  /// That it never started, and was not available before, is its owner's business.
  private Stage afterFailure(Agent agent) {
    return agent.progress() instanceof Progress.Failed && ground.tried().contains(agent.id().uid())
        ? Stage.FAILED
        : Stage.PUT_BACK;
  }

  /// Who has nothing yet gets it at once. Who has something else runs on it, and is handed over in
  /// its turn; from another ModelConfig only while the settings are proven.
  private Stage settledWithout(Agent agent) {
    if (!movable(agent) || ground.still()) {
      return Stage.WAITING;
    }
    if (agent.carries().isEmpty()) {
      acts.put(agent.id(), Act.CANDIDATE);
      return Stage.ROLLING;
    }
    if (failed) {
      return Stage.PUT_BACK;
    }
    if (!agent.foreign() || ground.leave() == Ground.Leave.GIVEN) {
      turns.put(agent.id(), Act.CANDIDATE);
    }
    return Stage.WAITING;
  }

  private void start() {
    var waiting = waiting();
    waiting.stream().filter(agent -> agent.held() == Agent.Held.UNTIL_DELETED).forEach(this::start);
    long free = ground.maxParallel() - ground.agents().stream().filter(this::takesSlot).count();
    for (var agent : waiting) {
      if (agent.held() == Agent.Held.UNTIL_DELETED) {
        continue;
      }
      // Who is on its way already goes on in the slot that it has.
      long cost = takesSlot(agent) ? 0 : 1;
      if (cost > free) {
        continue;
      }
      if (!ground.minInterval().isZero() && !intervalOver()) {
        return;
      }
      free -= cost;
      start(agent);
      if (!ground.minInterval().isZero()) {
        return;
      }
    }
  }

  private void start(Agent agent) {
    var act = turns.getOrDefault(agent.id(), Act.CANDIDATE);
    acts.put(agent.id(), act);
    if (act == Act.APPLIED) {
      return;
    }
    if (agent.held() == Agent.Held.UNTIL_DELETED) {
      stands(agent, Stage.ON_NEXT_RESTART);
      return;
    }
    if (wasUnwell(agent)) {
      unwell.add(agent.id().uid());
    } else if (ground.settled() && agent.foreign()) {
      handedOver.add(agent.id().uid());
    }
    stands(agent, Stage.ROLLING);
  }

  /// Whether it is its owner's doing that it is not available. What is on its way because of us, or
  /// broke on earlier settings of ours that nobody wants any more, says nothing against its owner.
  private boolean wasUnwell(Agent agent) {
    return switch (agent.progress()) {
      case Progress.Done _ -> false;
      case Progress.Going _ -> !agent.inOurWake(ground.now());
      case Progress.Failed _ -> agent.carries().isEmpty() || agent.hasApplied() || agent.foreign();
    };
  }

  private List<Agent> waiting() {
    return ground.agents().stream()
        .filter(agent -> turns.containsKey(agent.id()))
        .filter(Rollout::movable)
        .sorted(ORDER)
        .toList();
  }

  private static boolean movable(Agent agent) {
    return agent.held() != Agent.Held.PAUSED && agent.hindrance().isEmpty();
  }

  /// Pods that are being replaced because of us, whatever they get: what counts is how much of the
  /// service is away at a time.
  private boolean takesSlot(Agent agent) {
    return agent.inOurWake(ground.now())
        || (stages.get(agent.id()) == Stage.ROLLING && agent.hasCandidate())
        || (acts.containsKey(agent.id())
            && agent.carries().isPresent()
            && agent.held() == Agent.Held.NO);
  }

  private boolean intervalOver() {
    return nextStart().filter(next -> next.isAfter(ground.now())).isEmpty();
  }

  private Optional<Instant> nextStart() {
    return ground.agents().stream()
        .filter(agent -> agent.hasCandidate() || agent.inOurWake(ground.now()))
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
    return new Step(stages, acts, finished, verdict(finished), unwell, handedOver, nextLook());
  }

  /// A revision that failed is forgotten when another one has proven itself, or everybody has it.
  private Optional<String> verdict(boolean finished) {
    if (failed && !(ground.settled() && overcome())) {
      return Optional.of(ground.candidate());
    }
    return finished || (failed && ground.settled()) ? Optional.empty() : ground.failed();
  }

  /// Nobody is left to be handed over, or has failed in it.
  private boolean overcome() {
    return !stages.containsValue(Stage.FAILED) && !stages.containsValue(Stage.PUT_BACK);
  }

  private Optional<Instant> nextLook() {
    if (telling) {
      return Optional.of(ground.now());
    }
    var start =
        turns.isEmpty() || ground.minInterval().isZero() ? Optional.<Instant>empty() : nextStart();
    var deadlines =
        ground.agents().stream()
            .filter(agent -> stages.get(agent.id()) == Stage.ROLLING || takesSlot(agent))
            .flatMap(agent ->
                agent.progress() instanceof Progress.Going(var until)
                    ? until.stream()
                    : Stream.<Instant>empty());
    return Stream.of(start.stream(), deadlines, slotsFree())
        .flatMap(times -> times)
        .filter(time -> time.isAfter(ground.now()))
        .min(Comparator.naturalOrder());
  }

  /// Nobody tells when what is on its way counts as its owner's business.
  private Stream<Instant> slotsFree() {
    return turns.isEmpty()
        ? Stream.of()
        : ground.agents().stream()
            .filter(agent -> agent.inOurWake(ground.now()))
            .flatMap(agent -> agent.written().stream())
            .map(written -> written.plus(Pods.PATIENCE));
  }

  private void stands(Agent agent, Stage stage) {
    stages.put(agent.id(), stage);
  }
}
