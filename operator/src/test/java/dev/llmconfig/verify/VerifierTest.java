package dev.llmconfig.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Completion;
import dev.llmconfig.provider.ModelQuestion;
import dev.llmconfig.provider.Target;
import dev.llmconfig.verify.History.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifierTest {

  private static final Duration DAY = Duration.ofHours(24);

  private final Stage stage = new Stage();

  // One question for one cause.

  @Test
  void wantingTheSameAgainAsksNobodyAgain() {
    Verification key = stage.key("a", "r-1");
    for (int i = 0; i < 100; i++) {
      stage.want(key);
      stage.pass(Duration.ofMinutes(1));
    }

    assertThat(stage.asked).hasSize(1);
    assertThat(stage.told).hasSize(1);
    assertThat(stage.verifier.want(key).pending()).isFalse();
    assertThat(stage.verifier.want(key).verdict()).contains(stage.lastVerdict());
  }

  @Test
  void twoOwnersOfOneSubjectShareOneQuestionAndAreBothTold() {
    stage.verifier.want(stage.key("a", "r-1"));
    stage.verifier.want(stage.key("b", "r-1"));
    stage.threads.runAll();

    assertThat(stage.asked).hasSize(1);
    assertThat(stage.told.getFirst().owners()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aLaterOwnerGetsTheVerdictThatIsThere() {
    stage.want(stage.key("a", "r-1"));

    Standing standing = stage.want(stage.key("b", "r-1"));

    assertThat(standing.pending()).isFalse();
    assertThat(standing.verdict()).isPresent();
    assertThat(stage.asked).hasSize(1);
  }

  // A definitive no (covers traps P3).

  @ParameterizedTest
  @EnumSource(
      value = VerdictReason.class,
      names = {
        "InvalidKey",
        "InvalidKeyOrEndpoint",
        "KeyDisabled",
        "NotAllowedFromHere",
        "ModelNotFound",
        "ModelAccessNotGranted",
        "EndpointNotAllowed",
        "NotAnLLMEndpoint",
        "TLSFailed",
        "EndpointRedirected",
        "KeyRefused"
      })
  void afterADefinitiveNoThereIsExactlyOneCallInSixHours(VerdictReason reason) {
    stage.answering(reason);
    Verification key = Stage.every(stage.key("a", "r-1"), Duration.ofMinutes(5));
    for (int i = 0; i < 360; i++) {
      stage.want(key);
      stage.pass(Duration.ofMinutes(1));
    }

    assertThat(stage.asked).hasSize(1);
    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Refused);
  }

  @Test
  void aRequestAsksOnceMoreAndTheSameRequestDoesNot() {
    stage.answering(VerdictReason.InvalidKey).want(stage.key("a", "r-1"));
    Verification requested = Stage.requested(stage.key("a", "r-1"), "now");

    Standing before = stage.want(requested);
    Standing after = stage.want(requested);
    stage.pass(DAY);

    assertThat(before.pending()).isTrue();
    assertThat(after.pending()).isFalse();
    assertThat(stage.asked).hasSize(2);
  }

  @Test
  void anAnswerToAnEarlierQuestionIsNotTheAnswerToARequest() {
    stage.verifier.want(stage.key("a", "r-1"));
    Verification requested = Stage.requested(stage.key("a", "r-1"), "now");

    stage.verifier.want(requested);
    stage.threads.runOne();
    assertThat(stage.verifier.want(requested).pending()).isTrue();
    stage.pass(Duration.ofSeconds(10));

    assertThat(stage.verifier.want(requested).pending()).isFalse();
    assertThat(stage.asked).hasSize(2);
  }

  @Test
  void anotherKeyIsAskedAboutAtOnceAndTheOldVerdictIsGone() {
    stage.answering(VerdictReason.InvalidKey).want(stage.key("a", "r-1"));

    stage.answering(VerdictReason.KeyAccepted).want(stage.key("a", "r-2"));

    assertThat(stage.asked).hasSize(2);
    assertThat(stage.lastVerdict().subject().revision()).isEqualTo("r-2");
  }

  @Test
  void aRefusedKeyThatComesBackIsAskedAboutAgain() {
    stage.answering(VerdictReason.InvalidKey).want(stage.key("a", "r-1"));
    stage.want(stage.key("a", "r-2"));

    stage.want(stage.key("a", "r-1"));

    assertThat(stage.asked).hasSize(3);
  }

  @Test
  void anAcceptedKeyThatComesBackSoonIsStillAccepted() {
    stage.want(stage.key("a", "r-1"));
    stage.want(stage.key("a", "r-2"));

    assertThat(stage.want(stage.key("a", "r-1")).pending()).isFalse();
    assertThat(stage.asked).hasSize(2);

    stage.want(stage.key("a", "r-2"));
    stage.pass(Duration.ofMinutes(6));
    stage.want(stage.key("a", "r-1"));
    assertThat(stage.asked).hasSize(3);
  }

  @Test
  void anotherQuestionAboutTheSameSubjectIsAsked() {
    Verification free = stage.key("a", "r-1");
    stage.answering(VerdictReason.NotAnLLMEndpoint).want(free);
    Target target = free.question().target();

    stage.want(Stage.with(free, new Question.OfKey(target, Optional.of(Completion.chat("m")))));

    assertThat(stage.asked).hasSize(2);
  }

  @Test
  void aNewListOfModelsIsNoNewQuestion() {
    Verification key = stage.key("a", "r-1");
    Target target = key.question().target();
    for (List<String> listed : List.of(List.of("m"), List.of("m", "n"))) {
      stage.want(
          Stage.with(
              key,
              new Question.OfModel(target, new ModelQuestion("m", false, Optional.of(listed)))));
    }

    assertThat(stage.asked).hasSize(1);
  }

  // Weather.

  @Test
  void badWeatherIsAskedAgainMoreAndMoreRarelyAndForEver() {
    stage.answering(VerdictReason.ProviderUnavailable).want(stage.key("a", "r-1"));
    Instant last = stage.alarms.instant();
    for (int retry = 1; retry <= 2_000; retry++) {
      Duration wait = untilNextQuestion(last, retry);
      long expected = Math.min(300, 5L << Math.min(20, retry - 1));
      assertThat(wait).isBetween(Duration.ofSeconds(expected), Duration.ofMillis(expected * 1_500));
      last = stage.alarms.instant();
    }
    stage.answering(VerdictReason.KeyAccepted);
    stage.pass(Duration.ofMinutes(8));

    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Accepted);
  }

  @Test
  void afterAGoodAnswerTheWaitBeginsAnew() {
    Verification key = Stage.every(stage.key("a", "r-1"), Duration.ofMinutes(10));
    stage.answering(VerdictReason.Timeout).want(key);
    stage.pass(Duration.ofHours(1));
    stage.answering(VerdictReason.KeyAccepted);
    stage.pass(Duration.ofMinutes(10));
    stage.answering(VerdictReason.Timeout);
    int before = stage.asked.size();
    stage.pass(Duration.ofMinutes(12));

    assertThat(stage.asked.size() - before).isGreaterThan(3);
  }

  @Test
  void whatTheProviderAsksForIsObeyedUpToAnHour() {
    stage.answering(
        Stage.answer(
            VerdictReason.RateLimited, Probe.ListModels, Optional.of(Duration.ofMinutes(20))));
    stage.want(stage.key("a", "r-1"));
    stage.pass(Duration.ofMinutes(20).minusMillis(1));
    assertThat(stage.asked).hasSize(1);

    stage.answering(
        Stage.answer(VerdictReason.RateLimited, Probe.ListModels, Optional.of(Duration.ofDays(3))));
    stage.pass(Duration.ofMillis(1));
    assertThat(stage.asked).hasSize(2);
    stage.pass(Duration.ofHours(1).minusMillis(1));
    assertThat(stage.asked).hasSize(2);
    stage.pass(Duration.ofMillis(1));
    assertThat(stage.asked).hasSize(3);
  }

  @Test
  void retriesEndWithTheirOwner() {
    stage.answering(VerdictReason.Timeout).want(stage.key("a", "r-1"));
    stage.verifier.release("a");
    stage.pass(DAY);

    assertThat(stage.asked).hasSize(1);
    assertThat(stage.alarms.waiting()).isZero();
  }

  @Test
  void anAnswerThatNobodyWantsAnyMoreIsToldToNobody() {
    stage.verifier.want(stage.key("a", "r-1"));
    stage.verifier.release("a");
    stage.threads.runAll();

    assertThat(stage.told).isEmpty();
  }

  // Periodic checks and restarts.

  @Test
  void anAcceptedKeyIsLookedAtAgainNotBeforeItsTime() {
    Duration every = Duration.ofHours(6);
    stage.want(Stage.every(stage.key("a", "r-1"), every));
    stage.pass(every.minusMillis(1));
    assertThat(stage.asked).hasSize(1);
    stage.pass(Duration.ofMinutes(37));
    assertThat(stage.asked).hasSize(2);
    stage.pass(Duration.ofDays(10));
    assertThat(stage.asked).hasSizeBetween(37, 41);
  }

  @Test
  void checksOfManyKeysDrawApart() {
    for (int i = 0; i < 200; i++) {
      stage.verifier.want(Stage.every(stage.key("o" + i, "r-" + i), Duration.ofHours(6)));
    }
    stage.pass(Duration.ofHours(6));
    assertThat(stage.asked).hasSize(200);
    stage.pass(Duration.ofMinutes(18));
    assertThat(stage.asked.size() - 200).isBetween(60, 140);
  }

  @Test
  void aRestartAsksNobodyAgain() {
    Known refused = new Known(VerdictKind.Refused, stage.alarms.instant().minus(DAY));
    Known accepted = new Known(VerdictKind.Accepted, stage.alarms.instant().minusSeconds(3600));
    Duration every = Duration.ofHours(6);

    Standing no = stage.want(known(Stage.every(stage.key("a", "r-1"), every), refused));
    Standing yes = stage.want(known(Stage.every(stage.key("b", "r-2"), every), accepted));
    stage.pass(Duration.ofHours(5).minusSeconds(1));

    assertThat(no.pending()).isFalse();
    assertThat(yes.pending()).isFalse();
    assertThat(stage.asked).isEmpty();
    stage.pass(Duration.ofHours(1));
    assertThat(stage.asked).hasSize(1);
  }

  /// Two objects with the same key: the new one would never hear of what the other remembers.
  @Test
  void whatOneOwnerRemembersIsAskedForTheOneWhoDoesNot() {
    Known refused = new Known(VerdictKind.Refused, stage.alarms.instant().minus(DAY));
    stage.want(known(stage.key("a", "r-1"), refused));

    stage.want(stage.key("b", "r-1"));

    assertThat(stage.asked).hasSize(1);
    assertThat(stage.told.getLast().owners()).containsExactlyInAnyOrder("a", "b");
  }

  /// After an edit the status remembers nothing of the spec as it is now.
  @Test
  void whatIsRememberedNoLongerIsAskedAgain() {
    Known refused = new Known(VerdictKind.Refused, stage.alarms.instant().minus(DAY));
    stage.want(known(stage.key("a", "r-1"), refused));

    stage.want(stage.key("a", "r-1"));

    assertThat(stage.asked).hasSize(1);
  }

  @Test
  void afterARestartWeatherIsAskedAboutAtOnce() {
    Known weather = new Known(VerdictKind.Transient, stage.alarms.instant());

    stage.want(known(stage.key("a", "r-1"), weather));

    assertThat(stage.asked).hasSize(1);
  }

  // First contact, and a day of the same refusal.

  @ParameterizedTest
  @EnumSource(
      value = VerdictReason.class,
      names = {"NotAnLLMEndpoint", "TLSFailed", "EndpointRedirected", "KeyRefused"})
  void whoHasAcceptedTheKeyBeforeHasABadMinute(VerdictReason reason) {
    History accepted = new History(true, Optional.empty(), Optional.empty());
    stage.answering(reason).want(Stage.with(stage.key("a", "r-1"), accepted));

    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Transient);
  }

  @Test
  void whatWasAcceptedInThisLifeIsRemembered() {
    stage.want(stage.key("a", "r-1"));
    stage.answering(VerdictReason.NotAnLLMEndpoint);
    stage.pass(Duration.ofMinutes(1));
    stage.want(Stage.requested(stage.key("a", "r-1"), "now"));

    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Transient);
  }

  @Test
  void acceptanceElsewhereDoesNotCount() {
    stage.want(stage.key("a", "r-1"));
    stage.answering(VerdictReason.NotAnLLMEndpoint);

    stage.want(stage.key("b", "r-2"));
    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Refused);
    stage.want(stage.key("c", "r-1", "https://eu.api.openai.com/v1"));
    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Refused);
  }

  @Test
  void aDayOfKeyRefusedIsARefusal() {
    History accepted = new History(true, Optional.empty(), Optional.empty());
    stage.answering(VerdictReason.KeyRefused).want(Stage.with(stage.key("a", "r-1"), accepted));
    stage.pass(DAY.minusMinutes(1));
    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Transient);

    stage.pass(Duration.ofMinutes(10));
    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Refused);
    int asked = stage.asked.size();
    stage.pass(DAY);
    assertThat(stage.asked).hasSize(asked);
  }

  @Test
  void theDayGoesOnOverARestart() {
    Instant since = stage.alarms.instant().minus(DAY);
    History history = new History(true, Optional.of(since), Optional.empty());

    stage.answering(VerdictReason.KeyRefused).want(Stage.with(stage.key("a", "r-1"), history));

    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Refused);
  }

  @Test
  void anotherAnswerInBetweenBeginsTheDayAnew() {
    History accepted = new History(true, Optional.empty(), Optional.empty());
    stage.answering(VerdictReason.KeyRefused).want(Stage.with(stage.key("a", "r-1"), accepted));
    stage.pass(Duration.ofHours(23));
    stage.answering(VerdictReason.Timeout);
    stage.pass(Duration.ofMinutes(10));
    stage.answering(VerdictReason.KeyRefused);
    stage.pass(Duration.ofHours(2));

    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Transient);
  }

  @Test
  void aMissingRightIsFinalOnlyForTheCallThatNeedsIt() {
    stage.answering(VerdictReason.InsufficientPermissions).want(stage.key("a", "r-1"));
    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Transient);

    stage.answering(
        Stage.answer(VerdictReason.InsufficientPermissions, Probe.Completion, Optional.empty()));
    stage.want(stage.key("b", "r-2"));
    assertThat(stage.lastVerdict().kind()).isEqualTo(VerdictKind.Refused);
  }

  // Bulkheads (covers traps P6).

  @Test
  void anEndpointIsAskedFourThingsAtOnce() {
    for (int i = 0; i < 20; i++) {
      stage.verifier.want(stage.key("o" + i, "r-" + i));
    }
    stage.alarms.pass(Duration.ofSeconds(5), () -> {});
    assertThat(stage.threads.running()).isEqualTo(4);

    stage.threads.runOne();
    stage.alarms.pass(Duration.ofSeconds(5), () -> {});
    assertThat(stage.threads.running()).isEqualTo(4);
    stage.pass(Duration.ofSeconds(5));
    assertThat(stage.asked).hasSize(20);
  }

  @Test
  void questionsToAnEndpointKeepTheirDistance() {
    for (int i = 0; i < 3; i++) {
      stage.verifier.want(stage.key("o" + i, "r-" + i));
    }
    assertThat(stage.threads.running()).isEqualTo(1);
    stage.alarms.pass(Duration.ofMillis(25), () -> {});
    assertThat(stage.threads.running()).isEqualTo(2);
    stage.threads.runAll();
    stage.alarms.pass(Duration.ofMillis(24), () -> {});
    assertThat(stage.threads.running()).isZero();
    stage.alarms.pass(Duration.ofMillis(1), () -> {});
    assertThat(stage.threads.running()).isEqualTo(1);
  }

  @Test
  void aStuckEndpointDelaysNoOther() {
    for (int i = 0; i < 20; i++) {
      stage.verifier.want(stage.key("o" + i, "r-" + i, "https://stuck.test/v" + i));
    }
    stage.alarms.pass(Duration.ofSeconds(5), () -> {});
    assertThat(stage.threads.running()).isEqualTo(4);

    stage.verifier.want(stage.key("other", "r-x", "https://fine.test/v1"));

    assertThat(stage.threads.running()).isEqualTo(5);
  }

  @Test
  void anIdleEndpointLeavesNothingBehind() {
    stage.want(stage.key("a", "r-1"));
    stage.pass(Duration.ofSeconds(1));

    assertThat(stage.alarms.waiting()).isZero();
  }

  // By hand.

  @Test
  void aKeyIsTestedByHandOnceInTenSeconds() {
    stage.want(Stage.requested(stage.key("a", "r-1"), "1"));
    stage.want(Stage.requested(stage.key("a", "r-1"), "2"));
    stage.want(Stage.requested(stage.key("a", "r-1"), "3"));
    assertThat(stage.asked).hasSize(1);

    stage.pass(Duration.ofSeconds(10));
    assertThat(stage.asked).hasSize(2);
    assertThat(stage.verifier.want(Stage.requested(stage.key("a", "r-1"), "3")).pending())
        .isFalse();
  }

  @Test
  void theFirstVerdictWaitsForNoLimit() {
    Verification key = stage.key("a", "r-1");
    stage.want(Stage.requested(key, "1"));

    stage.want(Stage.requested(stage.key("b", "r-1", "https://eu.api.openai.com/v1"), "1"));

    assertThat(stage.asked).hasSize(2);
  }

  @Test
  void aKeyThatNobodyKeepsIsTestedOnceAndBeforeTheOthers() {
    for (int i = 0; i < 10; i++) {
      stage.verifier.want(stage.key("o" + i, "r-" + i));
    }
    Verification unsaved = stage.key("", "r-unsaved");
    Question question =
        new Question.OfKey(
            Target.of(Provider.Groq, unsaved.subject().endpoint()), Optional.empty());

    Trial first = stage.verifier.once("r-unsaved", question, unsaved.key());
    Trial second = stage.verifier.once("r-unsaved", question, unsaved.key());
    stage.pass(Duration.ofMillis(60));

    assertThat(second).isEqualTo(new Trial.TooSoon(Duration.ofSeconds(10)));
    assertThat(first)
        .isInstanceOfSatisfying(
            Trial.Started.class, started -> assertThat(started.outcome()).isCompleted());
    assertThat(stage.asked.indexOf(question)).isEqualTo(1);
    assertThat(stage.told).noneMatch(told -> told.owners().contains(""));
  }

  // Keys.

  @Test
  void aKeyIsLentForOneProbeAndWiped() {
    stage.answering(VerdictReason.Timeout).want(stage.key("a", "r-1"));
    stage.pass(Duration.ofMinutes(1));

    assertThat(stage.lent).hasSameSizeAs(stage.asked).hasSizeGreaterThan(2);
    assertThat(stage.lent).allMatch(key -> key.toString().equals("SecretBytes[wiped]"));
  }

  @Test
  void aKeyThatCannotBeLentIsTriedLaterAndGivesNoVerdict() {
    Verification key = stage.key("a", "r-1");
    Verification broken =
        new Verification(
            key.owner(),
            key.subject(),
            key.question(),
            () -> {
              throw new IllegalStateException("the Secret is gone: sk-canary");
            },
            key.history(),
            key.request(),
            key.every());

    stage.want(broken);
    stage.pass(Duration.ofSeconds(8));
    assertThat(stage.told).isEmpty();

    stage.want(key);
    stage.pass(Duration.ofMinutes(1));
    assertThat(stage.told).hasSize(1);
  }

  /// Such as one of the virtual machine's.
  @Test
  void anErrorStopsNeitherTheKeyNorTheOthersAtItsEndpoint() {
    var error = new StackOverflowError();
    for (int i = 0; i < 5; i++) {
      var broken = broken(stage.key("o" + i, "r-" + i), error);
      assertThatThrownBy(() -> stage.want(broken)).isSameAs(error);
      var unsaved = stage.key("", "r-unsaved-" + i);
      var trial =
          stage.verifier.once(
              "r-unsaved-" + i,
              unsaved.question(),
              () -> {
                throw error;
              });
      assertThatThrownBy(() -> stage.pass(Duration.ofSeconds(1))).isSameAs(error);
      assertThat(((Trial.Started) trial).outcome()).isCancelled();
    }

    for (int i = 0; i < 5; i++) {
      stage.want(stage.key("o" + i, "r-" + i));
    }
    stage.pass(Duration.ofMinutes(1));
    assertThat(stage.told).hasSize(5);
  }

  private static Verification broken(Verification key, Error error) {
    return new Verification(
        key.owner(),
        key.subject(),
        key.question(),
        () -> {
          throw error;
        },
        key.history(),
        key.request(),
        key.every());
  }

  // The end.

  @Test
  void afterTheEndNothingIsAskedAndWhoWaitsIsLetGo() {
    for (int i = 0; i < 10; i++) {
      stage.verifier.want(stage.key("o" + i, "r-" + i));
    }
    Verification key = stage.key("", "r-unsaved");
    Trial trial = stage.verifier.once("r-unsaved", key.question(), key.key());

    stage.verifier.close();
    stage.pass(DAY);

    assertThat(stage.told).isEmpty();
    assertThat(stage.alarms.waiting()).isZero();
    assertThat(trial)
        .isInstanceOfSatisfying(
            Trial.Started.class, started -> assertThat(started.outcome()).isCancelled());
    assertThat(stage.verifier.once("r-2", key.question(), key.key()))
        .isInstanceOfSatisfying(
            Trial.Started.class,
            started -> assertThat(started.outcome()).matches(CompletableFuture::isCancelled));
  }

  private Duration untilNextQuestion(Instant from, int asked) {
    while (stage.asked.size() <= asked) {
      stage.pass(Duration.between(stage.alarms.instant(), stage.alarms.next().orElseThrow()));
    }
    return Duration.between(from, stage.alarms.instant());
  }

  private static Verification known(Verification verification, Known known) {
    return Stage.with(verification, new History(false, Optional.empty(), Optional.of(known)));
  }

  @Test
  void ownersAreToldApart() {
    stage.want(stage.key("a", "r-1"));
    stage.want(stage.key("b", "r-2"));
    stage.pass(Duration.ofSeconds(1));

    assertThat(stage.told).extracting(Stage.Told::owners).containsExactly(Set.of("a"), Set.of("b"));
  }
}
