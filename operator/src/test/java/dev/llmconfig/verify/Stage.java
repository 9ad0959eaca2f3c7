package dev.llmconfig.verify;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A verifier whose time, threads and answers belong to the test.
final class Stage {

  record Told(Verdict verdict, Set<String> owners) {}

  final TestAlarms alarms = new TestAlarms();
  final TestThreads threads = new TestThreads();
  final List<Question> asked = new ArrayList<>();
  final List<SecretBytes> lent = new ArrayList<>();
  final List<Told> told = new ArrayList<>();
  final Verifier verifier;

  private Outcome answer = answer(VerdictReason.KeyAccepted);

  Stage() {
    this(new Random(5));
  }

  Stage(RandomGenerator random) {
    verifier =
        new Verifier(
            (question, _) -> {
              asked.add(question);
              return answer;
            },
            (verdict, owners) -> told.add(new Told(verdict, owners)),
            Pace.STANDARD,
            alarms,
            threads,
            random);
  }

  Stage answering(VerdictReason reason) {
    answer = answer(reason);
    return this;
  }

  Stage answering(Outcome outcome) {
    answer = outcome;
    return this;
  }

  static Outcome answer(VerdictReason reason) {
    return answer(reason, Probe.ListModels, Optional.empty());
  }

  static Outcome answer(VerdictReason reason, Probe probe, Optional<Duration> retryAfter) {
    Finding finding =
        new Finding(
            reason,
            probe,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            retryAfter,
            Optional.empty(),
            Optional.empty());
    return new Outcome(finding, Optional.empty(), List.of());
  }

  /// Wants it some time after the last question, and lets everything happen that happens at once.
  Standing want(Verification verification) {
    pass(Pace.STANDARD.spacing());
    Standing standing = verifier.want(verification);
    threads.runAll();
    return standing;
  }

  void pass(Duration duration) {
    alarms.pass(duration, threads::runAll);
  }

  Verdict lastVerdict() {
    return told.getLast().verdict();
  }

  Verification key(String owner, String revision) {
    return key(owner, revision, "https://api.openai.com/v1");
  }

  Verification key(String owner, String revision, String url) {
    Endpoint endpoint = endpoint(url);
    return new Verification(
        owner,
        new Subject(revision, endpoint, "", Optional.empty()),
        new Question.OfKey(Target.of(Provider.OpenAI, endpoint), Optional.empty()),
        this::lend,
        History.NONE,
        Optional.empty(),
        Optional.empty());
  }

  static Verification with(Verification v, History history) {
    return new Verification(
        v.owner(), v.subject(), v.question(), v.key(), history, v.request(), v.every());
  }

  static Verification with(Verification v, Question question) {
    return new Verification(
        v.owner(), v.subject(), question, v.key(), v.history(), v.request(), v.every());
  }

  static Verification requested(Verification v, String token) {
    return new Verification(
        v.owner(), v.subject(), v.question(), v.key(), v.history(), Optional.of(token), v.every());
  }

  static Verification every(Verification v, Duration every) {
    return new Verification(
        v.owner(),
        v.subject(),
        v.question(),
        v.key(),
        v.history(),
        v.request(),
        Optional.of(every));
  }

  private Loan lend() {
    SecretBytes key = SecretBytes.copyOf(new byte[] {1, 2, 3});
    lent.add(key);
    return new Loan.Of(key);
  }

  static Endpoint endpoint(String url) {
    return switch (Endpoint.parse(url)) {
      case Validated.Valid<Endpoint>(Endpoint endpoint) -> endpoint;
      case Validated.Invalid<Endpoint>(var problems) -> throw new AssertionError(problems);
    };
  }
}
