package dev.llmconfig.plan.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.plan.rollout.Fleet.Fate;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RolloutTest {

  private static final String NEW = "d-of-m-2";
  private static final String OLD = "d-of-m-1";

  @Test
  void everybodyGetsTheNewSettingsOnce() {
    var fleet = Fleet.of(12);

    fleet.run();

    assertThat(fleet.applied).contains("m-2");
    assertThat(fleet.agents.keySet()).allMatch(name -> fleet.writes(name) == 1);
  }

  @Test
  void noMoreThanMaxParallelRollAtATime() {
    var fleet = Fleet.of(12);
    fleet.maxParallel = 3;
    fleet.agents.keySet().forEach(name -> fleet.fate(name, Fate.SLOW));

    fleet.run();

    assertThat(fleet.steps).allMatch(step -> step.count(Stage.ROLLING) <= 3);
    assertThat(fleet.applied).contains("m-2");
  }

  @Test
  void startsAreApartByTheInterval() {
    var fleet = Fleet.of(3);
    fleet.minInterval = Duration.ofMinutes(5);

    var first = fleet.step();
    fleet.pass(Duration.ofMinutes(4));
    var second = fleet.step();
    fleet.pass(Duration.ofMinutes(1));
    var third = fleet.step();

    assertThat(first.acts()).hasSize(1);
    assertThat(second.acts()).isEmpty();
    assertThat(second.nextLook()).contains(fleet.now);
    assertThat(third.acts()).hasSize(1);
  }

  @Test
  void theHealthyStartBeforeTheUnhealthyThenTheOldest() {
    var fleet = Fleet.of(3).progress("agent-00", new Progress.Failed());
    fleet.maxParallel = 1;

    assertThat(fleet.step().acts()).containsOnlyKeys(Fleet.id("agent-01"));
    fleet.pass(Duration.ofMinutes(1));
    assertThat(fleet.step().acts()).containsOnlyKeys(Fleet.id("agent-02"));
    fleet.pass(Duration.ofMinutes(1));
    assertThat(fleet.step().acts()).containsOnlyKeys(Fleet.id("agent-00"));
  }

  @Test
  void oneThatFailsIsPutBackAndTheRestNeverStart() {
    var fleet = Fleet.of(4).fate("agent-01", Fate.NEVER_READY);
    fleet.maxParallel = 2;

    var end = fleet.run();

    assertThat(fleet.failed).contains("m-2");
    assertThat(fleet.applied).contains("m-1");
    assertThat(fleet.carried("agent-00")).isEqualTo(NEW);
    assertThat(fleet.carried("agent-01")).isEqualTo(OLD);
    assertThat(fleet.writes("agent-01")).isEqualTo(2);
    assertThat(fleet.writes("agent-02")).isZero();
    assertThat(fleet.writes("agent-03")).isZero();
    assertThat(end.stages())
        .containsEntry(Fleet.id("agent-00"), Stage.UP_TO_DATE)
        .containsEntry(Fleet.id("agent-01"), Stage.PUT_BACK);
  }

  @Test
  void thoseInFlightAreJudgedToTheirEnd() {
    var fleet = Fleet.of(2).fate("agent-00", Fate.NEVER_READY).fate("agent-01", Fate.SLOW);

    fleet.run();

    assertThat(fleet.carried("agent-00")).isEqualTo(OLD);
    assertThat(fleet.carried("agent-01")).isEqualTo(NEW);
  }

  @Test
  void whoReadsOneSecretWithSomebodyWhoFailsGoesBackWithIt() {
    var fleet = Fleet.of(6).fate("agent-04", Fate.NEVER_READY);
    fleet.maxParallel = 2;
    fleet.shared = true;

    var end = fleet.run();

    assertThat(fleet.failed).contains("m-2");
    assertThat(fleet.agents.keySet()).allMatch(name -> fleet.carried(name).equals(OLD));
    assertThat(fleet.writes("agent-00")).isEqualTo(2);
    assertThat(end.stages().values()).containsOnly(Stage.PUT_BACK);
  }

  @Test
  void thoseWhoGoBackWithItTakeTurns() {
    var fleet = Fleet.of(5);
    fleet.maxParallel = 2;
    fleet.shared = true;
    fleet.failed = Optional.of("m-2");
    fleet.agents.keySet().forEach(name -> fleet.carries(name, "m-2"));
    fleet.progress("agent-03", new Progress.Failed());

    var step = fleet.step();

    assertThat(step.acts())
        .containsOnlyKeys(Fleet.id("agent-00"), Fleet.id("agent-03"))
        .containsValue(Act.APPLIED);
  }

  @Test
  void nobodyGoesBackBeforeItIsToldThatOneFailed() {
    var fleet = Fleet.of(2).carries("agent-00", "m-2").carries("agent-01", "m-2");
    fleet.shared = true;
    fleet.progress("agent-00", new Progress.Failed());

    var step = fleet.step();

    assertThat(step.acts()).isEmpty();
    assertThat(step.failed()).contains("m-2");
  }

  @Test
  void whereNobodyWantsItPutBackTheOthersStay() {
    var fleet = Fleet.of(2).carries("agent-00", "m-2").carries("agent-01", "m-2");
    fleet.shared = true;
    fleet.putsBack = false;
    fleet.failed = Optional.of("m-2");
    fleet.progress("agent-00", new Progress.Failed());

    assertThat(fleet.step().acts()).isEmpty();
  }

  @Test
  void withoutGoodSettingsPuttingBackIsReleasing() {
    var fleet = new Fleet();
    fleet.applied = Optional.empty();
    fleet.add("agent").fate("agent", Fate.NEVER_READY);

    var end = fleet.run();

    assertThat(fleet.carried("agent")).isEmpty();
    assertThat(end.stages()).containsEntry(Fleet.id("agent"), Stage.PUT_BACK);
    assertThat(fleet.writes("agent")).isEqualTo(2);
  }

  @Test
  void aFailureStaysWhereNobodyWantsItPutBack() {
    var fleet = Fleet.of(1).fate("agent-00", Fate.NEVER_READY);
    fleet.putsBack = false;

    var end = fleet.run();

    assertThat(end.stages()).containsEntry(Fleet.id("agent-00"), Stage.FAILED);
    assertThat(fleet.failed).contains("m-2");
    assertThat(fleet.carried("agent-00")).isEqualTo(NEW);
  }

  @Test
  void whatFailsAfterItWasPutBackIsNotTriedAgain() {
    var fleet = Fleet.of(1).progress("agent-00", new Progress.Failed());
    fleet.failed = Optional.of("m-2");
    fleet.tried = Set.of("uid-agent-00");

    var step = fleet.step();

    assertThat(step.acts()).isEmpty();
    assertThat(step.stages()).containsEntry(Fleet.id("agent-00"), Stage.FAILED);
  }

  @Test
  void oneThatWasBrokenBeforeAndNeverStartedIsNotBlamed() {
    var fleet = Fleet.of(2).progress("agent-01", new Progress.Failed());
    fleet.failed = Optional.of("m-2");
    fleet.tried = Set.of("uid-agent-00");

    var step = fleet.step();

    assertThat(step.acts()).isEmpty();
    assertThat(step.count(Stage.FAILED)).isZero();
    assertThat(step.stages()).containsEntry(Fleet.id("agent-01"), Stage.PUT_BACK);
  }

  @Test
  void oneThatWasBrokenBeforeNeitherStopsTheRollNorIsPutBack() {
    var fleet =
        Fleet.of(3).progress("agent-00", new Progress.Failed()).fate("agent-00", Fate.NEVER_READY);

    var end = fleet.run();

    assertThat(fleet.applied).contains("m-2");
    assertThat(fleet.failed).isEmpty();
    assertThat(fleet.carried("agent-00")).isEqualTo(NEW);
    assertThat(end.stages()).containsEntry(Fleet.id("agent-01"), Stage.UP_TO_DATE);
  }

  @Test
  void aPausedOneWaitsAndTakesNoSlot() {
    var fleet = Fleet.of(2).held("agent-00", Agent.Held.PAUSED);
    fleet.maxParallel = 1;

    fleet.run();

    assertThat(fleet.carried("agent-00")).isEqualTo(OLD);
    assertThat(fleet.carried("agent-01")).isEqualTo(NEW);
    assertThat(fleet.applied).contains("m-1");

    fleet.held("agent-00", Agent.Held.NO);
    fleet.run();

    assertThat(fleet.applied).contains("m-2");
  }

  @Test
  void oneThatRestartsByHandIsWrittenAndTakesNoSlot() {
    var fleet = Fleet.of(3).held("agent-00", Agent.Held.UNTIL_DELETED);
    fleet.maxParallel = 1;

    var step = fleet.step();

    assertThat(step.acts()).containsOnlyKeys(Fleet.id("agent-00"), Fleet.id("agent-01"));
    assertThat(step.stages()).containsEntry(Fleet.id("agent-00"), Stage.ON_NEXT_RESTART);
  }

  @Test
  void oneThatIsBlockedDoesNotHoldTheOthersBack() {
    var fleet =
        Fleet.of(2).hindrance("agent-00", new Hindrance(ConditionReason.Forbidden, "not allowed"));

    fleet.run();

    assertThat(fleet.writes("agent-00")).isZero();
    assertThat(fleet.applied).contains("m-2");
  }

  @Test
  void oneThatAppearsInMidRollTakesItsTurn() {
    var fleet = Fleet.of(2);
    fleet.maxParallel = 1;
    fleet.step();
    fleet.add("late").carries("late", "");

    fleet.run();

    assertThat(fleet.carried("late")).isEqualTo(NEW);
    assertThat(fleet.writes("late")).isEqualTo(1);
  }

  @Test
  void oneThatAppearsWhileTheCandidateWaitsGetsTheGoodSettingsAtOnce() {
    for (var leave :
        new Ground.Leave[] {
          Ground.Leave.PENDING, Ground.Leave.REFUSED, Ground.Leave.NOT_APPROVED
        }) {
      var fleet = Fleet.of(1);
      fleet.leave = leave;
      fleet.add("late").carries("late", "");

      assertThat(fleet.step().acts())
          .as("%s", leave)
          .containsOnly(java.util.Map.entry(Fleet.id("late"), Act.APPLIED));
    }
  }

  @Test
  void oneThatAppearsAfterTheCandidateFailedGetsTheGoodSettings() {
    var fleet = Fleet.of(1);
    fleet.failed = Optional.of("m-2");
    fleet.add("late").carries("late", "");

    fleet.run();

    assertThat(fleet.carried("late")).isEqualTo(OLD);
  }

  @Test
  void whatIsOnItsWayIsNotTurnedBackBeforeTheNextCandidateIsJudged() {
    var fleet = Fleet.of(2).carries("agent-00", "m-1b");
    fleet.leave = Ground.Leave.PENDING;
    assertThat(fleet.step().acts()).isEmpty();

    fleet.leave = Ground.Leave.REFUSED;
    assertThat(fleet.step().acts())
        .containsOnly(java.util.Map.entry(Fleet.id("agent-00"), Act.APPLIED));
  }

  @Test
  void aRestartOfTheOperatorInMidRollGoesOn() {
    var fleet = Fleet.of(6);
    fleet.maxParallel = 2;
    fleet.agents.keySet().forEach(name -> fleet.fate(name, Fate.SLOW));
    fleet.step();
    fleet.unwell = java.util.Set.of();

    assertThat(fleet.step().acts()).isEmpty();
    fleet.run();

    assertThat(fleet.agents.keySet()).allMatch(name -> fleet.writes(name) == 1);
  }

  @Test
  void whatAPersonUndidStaysUndoneUntilTheNextChange() {
    var fleet = Fleet.of(2);
    fleet.run();
    fleet.carries("agent-00", "m-1").undone("agent-00");

    var step = fleet.step();

    assertThat(step.acts()).isEmpty();
    assertThat(step.stages()).containsEntry(Fleet.id("agent-00"), Stage.BLOCKED);

    fleet.candidate = "m-3";
    fleet.run();

    assertThat(fleet.carried("agent-00")).isEqualTo("d-of-m-3");
  }

  @Test
  void nothingMovesWhileFrozen() {
    var fleet = Fleet.of(2).carries("agent-00", "");
    fleet.leave = Ground.Leave.FROZEN;

    assertThat(fleet.step().acts()).isEmpty();
  }

  @Test
  void settingsThatNoPodSeesMoveNobody() {
    var fleet = Fleet.of(2);
    fleet.applied = Optional.of("m-2");
    fleet.agents.keySet().forEach(name -> fleet.carries(name, "m-2"));

    var step = fleet.step();

    assertThat(step.acts()).isEmpty();
    assertThat(step.finished()).isFalse();
  }

  @Test
  void withoutAgentsTheCandidateIsAppliedAtOnce() {
    var fleet = new Fleet();
    fleet.step();

    assertThat(fleet.applied).contains("m-2");
  }

  @RepeatedTest(300)
  void whateverHappensItComesToRest(RepetitionInfo repetition) {
    var seed = 20_261_120L + repetition.getCurrentRepetition();
    var random = new Random(seed);
    var fleet = Fleet.of(1 + random.nextInt(12));
    fleet.maxParallel = 1 + random.nextInt(4);
    fleet.minInterval = random.nextInt(3) == 0 ? Duration.ofMinutes(2) : Duration.ZERO;
    fleet.putsBack = random.nextInt(4) > 0;
    fleet.shared = random.nextInt(3) == 0;
    for (var name : fleet.agents.keySet()) {
      fleet.fate(name, fate(random));
      if (random.nextInt(6) == 0) {
        fleet.progress(name, new Progress.Failed());
      }
      if (random.nextInt(8) == 0) {
        fleet.held(name, random.nextBoolean() ? Agent.Held.PAUSED : Agent.Held.UNTIL_DELETED);
      }
    }

    var end = fleet.run();

    var blamed = fleet.failed.isPresent();
    assertThat(fleet.steps)
        .as("seed %d", seed)
        .allMatch(step -> step.count(Stage.ROLLING) <= fleet.maxParallel);
    assertThat(Rollout.step(fleet.ground()).acts()).as("seed %d", seed).isEmpty();
    assertThat(fleet.agents.keySet()).as("seed %d", seed).allMatch(name -> fleet.writes(name) <= 2);
    if (!blamed && end.count(Stage.WAITING) == 0) {
      assertThat(fleet.applied).as("seed %d", seed).contains("m-2");
    }
    if (blamed) {
      assertThat(fleet.applied).as("seed %d", seed).contains("m-1");
      assertThat(end.stages().values())
          .as("seed %d", seed)
          .containsAnyOf(Stage.PUT_BACK, Stage.FAILED);
    }
  }

  private static Fate fate(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Fate.NEVER_READY;
      case 1, 2 -> Fate.SLOW;
      default -> Fate.HEALTHY;
    };
  }
}
