package dev.llmconfig.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Time is played; only the looking up of those who wait is real.
class PulseTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong(1L << 50);
  private final List<CompletableFuture<String>> signs = new CopyOnWriteArrayList<>();
  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private final AtomicInteger fallen = new AtomicInteger();
  private final Pulse pulse =
      new Pulse(this::sign, fallen::incrementAndGet, nanos::get, later::add);

  private CompletableFuture<?> sign() {
    var sign = new CompletableFuture<String>();
    signs.add(sign);
    return sign;
  }

  @AfterEach
  void close() {
    pulse.close();
  }

  @Test
  void whatIsAnsweredComesThroughWhateverItSays() {
    assertThat(pulse.await(CompletableFuture.completedFuture("no"), PATIENCE)).isEqualTo("no");
    assertThat(pulse.silent()).isFalse();
    assertThat(signs).isEmpty();
  }

  @Test
  void sixSecondsOfSilenceEndTheWaitingOfAllAndAreFoundOutOnce() {
    var waiting = IntStream.range(0, 50).mapToObj(_ -> waiting(new CompletableFuture<>())).toList();
    pass(Duration.ofSeconds(1));
    await("a sign to be asked for").until(() -> signs.size() == 1);
    pass(Duration.ofMillis(4_900));
    assertThat(waiting).noneMatch(CompletableFuture::isDone);

    pass(Duration.ofMillis(100));

    for (var one : waiting) {
      assertThatThrownBy(() -> one.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(Unanswered.class)
          .cause()
          .extracting(silence -> ((Unanswered) silence).sent())
          .isEqualTo(true);
    }
    assertThat(pulse.silent()).isTrue();
    assertThat(fallen).hasValue(1);
  }

  @Test
  void anApiServerThatNeedsFiveSecondsForEverythingIsThere() {
    for (var round = 0; round < 3; round++) {
      var answer = new CompletableFuture<String>();
      var waiting = waiting(answer);
      passInSteps(Duration.ofSeconds(5));
      answer.complete("slow");
      signs.forEach(sign -> sign.complete("alive"));

      assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("slow");
    }
    assertThat(pulse.silent()).isFalse();
  }

  @Test
  void oneAnswerMayTakeItsTimeWhileThereAreSignsOfLife() {
    var answer = new CompletableFuture<String>();
    var waiting = waiting(answer);
    for (var second = 1; second <= 9; second++) {
      pass(Duration.ofSeconds(1));
      var asked = second;
      await("another sign").until(() -> signs.size() == asked);
      signs.forEach(sign -> sign.complete("alive"));
    }
    assertThat(pulse.silent()).isFalse();
    answer.complete("done");
    assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("done");
  }

  @Test
  void patienceEndsForOneWithoutSilenceForAll() {
    var waiting = waiting(new CompletableFuture<>());
    for (var second = 1; second <= 10; second++) {
      pass(Duration.ofSeconds(1));
      pulse.await(CompletableFuture.completedFuture("of somebody else"), PATIENCE);
    }

    assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(Unanswered.class);
    assertThat(pulse.silent()).isFalse();
  }

  @Test
  void whatFailsAtOnceIsNoSilence() {
    var refused = CompletableFuture.<String>failedFuture(new ConnectException("refused"));

    assertThatThrownBy(() -> pulse.await(refused, PATIENCE)).isInstanceOf(Unanswered.class);
    assertThat(pulse.silent()).isFalse();
  }

  @Test
  void itIsAskedForASignEachSecondUntilOneComes() {
    falls();
    var asked = signs.size();
    for (var second = 1; second <= 5; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(later).hasSize(1);
      later.remove().run();
      signs.getLast().completeExceptionally(new ConnectException("refused"));
    }
    assertThat(signs).hasSize(asked + 5);
    assertThat(pulse.silent()).isTrue();

    later.remove().run();
    signs.getLast().complete("alive");

    assertThat(pulse.silent()).isFalse();
    later.remove().run();
    assertThat(signs).as("nobody asks any more").hasSize(asked + 6);
    assertThat(later).isEmpty();
  }

  @Test
  void anAnswerThatNobodyWaitsForAnyMoreIsASignToo() {
    falls();
    signs.getFirst().complete("late");
    assertThat(pulse.silent()).isFalse();
  }

  @Test
  void aDoubtIsClearedUpBeforeAnybodyAsks() {
    var checking = CompletableFuture.runAsync(pulse::check);

    await("the end of it")
        .until(() -> {
          pass(Duration.ofMillis(500));
          return checking.isDone();
        });
    assertThat(pulse.silent()).isTrue();

    signs.getLast().complete("alive");
    pulse.check();
    assertThat(pulse.silent()).as("it was heard a moment ago").isFalse();
  }

  @Test
  void whoeverEndsAsksNoMore() {
    falls();
    var asked = signs.size();
    pulse.close();

    later.forEach(Runnable::run);

    assertThat(signs).hasSize(asked);
  }

  private void falls() {
    var waiting = waiting(new CompletableFuture<>());
    passInSteps(Pulse.SILENCE);
    assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(Unanswered.class);
    assertThat(pulse.silent()).isTrue();
  }

  private CompletableFuture<String> waiting(CompletableFuture<String> answer) {
    var begun = new ArrayList<Thread>();
    var waiting =
        CompletableFuture.supplyAsync(
            () -> pulse.await(answer, PATIENCE),
            work -> begun.add(Thread.startVirtualThread(work)));
    await("it to wait")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> begun.getFirst().getState() == Thread.State.TIMED_WAITING);
    return waiting;
  }

  private void passInSteps(Duration time) {
    for (var at = 0L; at < time.toMillis(); at += 500) {
      pass(Duration.ofMillis(500));
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
