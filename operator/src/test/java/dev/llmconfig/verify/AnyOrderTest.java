package dev.llmconfig.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Whatever comes in whatever order: never more than four questions at once to an endpoint, never
/// two about one subject, never one after a no that nobody asked for, and in the end everybody
/// knows.
class AnyOrderTest {

  private static final int STEPS = 400;
  private static final int OWNERS = 12;
  private static final int KEYS = 5;
  private static final VerdictReason[] REASONS = {
    VerdictReason.KeyAccepted,
    VerdictReason.InvalidKey,
    VerdictReason.ProviderUnavailable,
    VerdictReason.KeyRefused,
    VerdictReason.NotAnLLMEndpoint,
    VerdictReason.InsufficientPermissions
  };

  private final TestAlarms alarms = new TestAlarms();
  private final TestThreads threads = new TestThreads();
  private final Map<Subject, Integer> calls = new HashMap<>();
  private final List<Stage.Told> told = new ArrayList<>();

  @RepeatedTest(30)
  void theRulesHold(RepetitionInfo repetition) {
    long seed = 3_000L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    Stage words = new Stage();
    Verifier verifier =
        new Verifier(
            (_, _) -> Stage.answer(REASONS[random.nextInt(REASONS.length)]),
            (verdict, owners) -> told.add(new Stage.Told(verdict, owners)),
            Pace.STANDARD,
            alarms,
            threads,
            random);
    Map<String, Verification> wanted = new HashMap<>();

    for (int step = 0; step < STEPS; step++) {
      String at = "seed " + seed + ", step " + step;
      String owner = "o" + random.nextInt(OWNERS);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          Verification verification = verification(words, owner, random, step);
          wanted.put(owner, verification);
          verifier.want(verification);
        }
        case 3 -> {
          wanted.remove(owner);
          verifier.release(owner);
        }
        case 4, 5 -> {
          if (threads.running() > 0) {
            threads.runOne();
          }
        }
        case 6 -> alarms.pass(Duration.ofMillis(random.nextInt(200)), () -> {});
        default -> alarms.pass(Duration.ofMinutes(random.nextInt(30)), threads::runAll);
      }
      assertThat(threads.running()).as(at).isLessThanOrEqualTo(8);
    }

    alarms.pass(Duration.ofMinutes(10), threads::runAll);
    wanted.forEach((owner, verification) -> {
      Standing standing = verifier.want(verification);
      assertThat(standing.pending()).as("seed " + seed + ", " + owner).isFalse();
      assertThat(standing.verdict()).as("seed " + seed + ", " + owner).isPresent();
    });
    silentAfterNo(verifier, wanted, seed);
  }

  private void silentAfterNo(Verifier verifier, Map<String, Verification> wanted, long seed) {
    List<Subject> refused =
        wanted.values().stream()
            .filter(v ->
                verifier
                    .want(v)
                    .verdict()
                    .filter(verdict -> verdict.kind() == VerdictKind.Refused)
                    .isPresent())
            .map(Verification::subject)
            .toList();
    told.clear();
    alarms.pass(Duration.ofHours(6), threads::runAll);
    told.forEach(t -> calls.merge(t.verdict().subject(), 1, Integer::sum));
    assertThat(refused).as("seed " + seed).noneMatch(calls::containsKey);
  }

  private static Verification verification(Stage words, String owner, Random random, int step) {
    String url = random.nextBoolean() ? "https://one.test/v1" : "https://two.test/v1";
    Verification key = words.key(owner, "r-" + random.nextInt(KEYS), url);
    Verification maybeRequested =
        random.nextInt(4) == 0 ? Stage.requested(key, "step-" + step) : key;
    return random.nextInt(3) == 0
        ? Stage.with(maybeRequested, new History(true, Optional.empty(), Optional.empty()))
        : maybeRequested;
  }
}
