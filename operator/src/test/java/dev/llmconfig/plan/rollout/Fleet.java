package dev.llmconfig.plan.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Agents of a test, and what becomes of them when steps are carried out: each has a fate for each
/// settings it is given.
final class Fleet {

  enum Fate {
    HEALTHY,
    /// Becomes available only after some time.
    SLOW,
    NEVER_READY
  }

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  /// One agent as the cluster shows it.
  private static final class Pods {
    Optional<String> carries = Optional.empty();
    Progress progress = new Progress.Done();
    Agent.Held held = Agent.Held.NO;
    Optional<Instant> written = Optional.empty();
    Optional<Hindrance> hindrance = Optional.empty();
    boolean undone;
    boolean foreign;
    boolean stranded;
    Fate fate = Fate.HEALTHY;
    int writes;
    int order;
  }

  final Map<String, Pods> agents = new TreeMap<>();
  String candidate = "m-2";
  Optional<String> applied = Optional.of("m-1");
  Optional<String> failed = Optional.empty();
  Ground.Leave leave = Ground.Leave.GIVEN;
  int maxParallel = 5;
  Duration minInterval = Duration.ZERO;
  boolean putsBack = true;
  boolean shared;
  Set<String> unwell = Set.of();
  Set<String> handedOver = Set.of();
  Set<String> tried = Set.of();
  Instant now = START;
  final List<Step> steps = new ArrayList<>();

  static Fleet of(int size) {
    var fleet = new Fleet();
    for (int at = 0; at < size; at++) {
      fleet.add("agent-%02d".formatted(at));
    }
    return fleet;
  }

  Fleet add(String name) {
    var pods = new Pods();
    pods.order = agents.size();
    pods.carries = applied.map(Fleet::rendered);
    agents.put(name, pods);
    return this;
  }

  Fleet carries(String name, String revision) {
    pods(name).carries = revision.isEmpty() ? Optional.empty() : Optional.of(rendered(revision));
    return this;
  }

  Fleet fate(String name, Fate fate) {
    pods(name).fate = fate;
    return this;
  }

  Fleet progress(String name, Progress progress) {
    pods(name).progress = progress;
    return this;
  }

  Fleet held(String name, Agent.Held held) {
    pods(name).held = held;
    return this;
  }

  Fleet hindrance(String name, Hindrance hindrance) {
    pods(name).hindrance = Optional.of(hindrance);
    return this;
  }

  Fleet undone(String name) {
    pods(name).undone = true;
    return this;
  }

  /// It comes from another ModelConfig.
  Fleet foreign(String name) {
    carries(name, "another");
    pods(name).foreign = true;
    return this;
  }

  Fleet stranded(String name) {
    carries(name, "gone");
    pods(name).stranded = true;
    return this;
  }

  private Pods pods(String name) {
    return Objects.requireNonNull(agents.get(name));
  }

  String carried(String name) {
    return pods(name).carries.orElse("");
  }

  int writes(String name) {
    return pods(name).writes;
  }

  Step step() {
    var step = Rollout.step(ground());
    steps.add(step);
    carryOut(step);
    return step;
  }

  /// Until nothing is left to do, time passing between the steps.
  Step run() {
    for (int turns = 0; turns < 200; turns++) {
      var step = step();
      if (step.acts().isEmpty() && step.count(Stage.ROLLING) == 0 && idle(step)) {
        return step;
      }
      pass(Duration.ofMinutes(1));
    }
    throw new AssertionError("the rollout never comes to rest");
  }

  /// The pods get on.
  void pass(Duration duration) {
    now = now.plus(duration);
    for (var pods : agents.values()) {
      if (pods.progress instanceof Progress.Going) {
        pods.progress =
            switch (pods.fate) {
              case HEALTHY -> new Progress.Done();
              case SLOW ->
                  pods.written.filter(at -> at.plusSeconds(150).isBefore(now)).isPresent()
                      ? new Progress.Done()
                      : pods.progress;
              case NEVER_READY -> fails(pods) ? new Progress.Failed() : new Progress.Done();
            };
      }
    }
  }

  Ground ground() {
    return new Ground(
        candidate,
        applied,
        failed,
        failed.filter(candidate::equals).isPresent(),
        leave,
        maxParallel,
        minInterval,
        putsBack,
        shared,
        agents.entrySet().stream().map(entry -> agent(entry.getKey(), entry.getValue())).toList(),
        unwell,
        handedOver,
        tried,
        now);
  }

  static Agent.Id id(String name) {
    return new Agent.Id("Deployment", name, "uid-" + name);
  }

  private boolean fails(Pods pods) {
    return pods.carries.filter(rendered(candidate)::equals).isPresent();
  }

  private boolean idle(Step step) {
    return step.nextLook().isEmpty()
        && agents.values().stream().noneMatch(pods -> pods.progress instanceof Progress.Going);
  }

  private void carryOut(Step step) {
    step.acts()
        .forEach((id, move) -> {
          var pods = pods(id.name());
          pods.carries =
              switch (move) {
                case CANDIDATE -> Optional.of(rendered(candidate));
                case APPLIED -> applied.map(Fleet::rendered);
                case RELEASE -> Optional.empty();
              };
          pods.progress = new Progress.Going(Optional.empty());
          pods.written = Optional.of(now);
          pods.undone = false;
          pods.foreign = false;
          pods.stranded = false;
          pods.writes++;
        });
    failed = step.failed();
    unwell = step.unwell();
    handedOver = step.handedOver();
    if (step.finished()) {
      applied = Optional.of(candidate);
    }
  }

  private Agent agent(String name, Pods pods) {
    return new Agent(
        id(name),
        START.plusSeconds(pods.order),
        pods.carries,
        rendered(candidate),
        applied.map(Fleet::rendered),
        pods.progress,
        pods.held,
        pods.written,
        pods.hindrance,
        pods.undone,
        pods.foreign,
        pods.stranded);
  }

  private static String rendered(String revision) {
    return "d-of-" + revision;
  }
}
