package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Tally;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.provider.Completion;
import dev.llmconfig.provider.KeyHint;
import dev.llmconfig.provider.ModelQuestion;
import dev.llmconfig.provider.Models;
import dev.llmconfig.provider.Target;
import dev.llmconfig.rest.shape.TestResult;
import dev.llmconfig.rest.shape.Warning;
import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.verify.Loan;
import dev.llmconfig.verify.Outcome;
import dev.llmconfig.verify.Question;
import dev.llmconfig.verify.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Checks of keys that nobody has stored: the question of the operator, asked from here, for
/// somebody who waits for the answer.
final class KeyTests {

  private static final int A_MINUTE = 6;
  private static final int AT_ENDPOINT = 30;
  private static final int ALL_TOGETHER = 100_000;

  /// A server that loads its model takes a minute; nothing is sent on a connection for longer than
  /// that.
  private static final Duration PATIENCE = Duration.ofSeconds(70);

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Parts parts;
  private final Tally callers;
  private final Tally endpoints;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  KeyTests(Parts parts) {
    this.parts = parts;
    this.callers = new Tally(A_MINUTE, ALL_TOGETHER, parts.ticker());
    this.endpoints = new Tally(AT_ENDPOINT, ALL_TOGETHER, parts.ticker());
  }

  static Parameter strict() {
    return Parameter.yes(
        "strict", "A key that is not good is a problem, 422, and one that nobody can judge 503.");
  }

  /// Whatever was found out, it was found out; a script may want it as a status.
  static Answer answer(Asked asked, TestResult result) {
    if (Wishes.yes(asked, "strict") && result.outcome() != TestResult.Outcome.Accepted) {
      throw WordedRefusal.of(result);
    }
    return Answer.json(result);
  }

  Answer test(Asked asked) {
    var who = parts.access().who(asked.signedIn()).name();
    if (!busy.add(who)) {
      throw Refusal.tooMany("A test of yours is under way; there is one at a time.", SOON);
    }
    try {
      callers
          .take(who)
          .ifPresent(wait -> {
            throw Refusal.tooMany(
                "There are at most %d tests in a minute for each caller.".formatted(A_MINUTE),
                wait);
          });
      return answer(asked, tried(asked));
    } finally {
      busy.remove(who);
    }
  }

  private TestResult tried(Asked asked) {
    var sent = asked.sent();
    try (var material = KeyWrites.material(sent)) {
      return switch (parts.keys().drafts().read(asked.signedIn(), draft(sent), material)) {
        case Drafts.Reading.Not(var why) ->
            throw NotDone.refusal(parts.access(), ProblemReason.NotFound, asked, why);
        case Drafts.Reading.Ready ready -> {
          try (ready) {
            yield tried(asked, ready);
          }
        }
      };
    }
  }

  private static KeyDraft draft(ObjectNode sent) {
    return new KeyDraft(
        sent.path("namespace").asText(),
        Optional.ofNullable(sent.path("name").textValue()),
        KeyWrites.spec(sent).without(List.of("probe", "model")),
        KeyWrites.holding(sent),
        sent.path("consent").asBoolean());
  }

  private TestResult tried(Asked asked, Drafts.Reading.Ready ready) {
    var key = ready.declared();
    endpoints
        .take(key.endpoint().scheme() + key.endpoint().host() + key.endpoint().port())
        .ifPresent(wait -> {
          throw Refusal.tooMany(
              "There are at most %d tests of an endpoint in a minute.".formatted(AT_ENDPOINT),
              wait);
        });
    var begun = System.nanoTime();
    var at = parts.clock().instant();
    var target = target(key, ready);
    var model = Optional.ofNullable(asked.sent().path("model").textValue());
    var completion = completion(key, asked.sent(), model);
    var first = asked(asked, new Question.OfKey(target, completion), ready.key());
    var outcomes = new ArrayList<>(List.of(first));
    if (model.isPresent() && completion.isEmpty() && kind(first) == VerdictKind.Accepted) {
      outcomes.add(
          asked(asked, new Question.OfModel(target, wanted(model.get(), key, first)), ready.key()));
    }
    var decisive = outcomes.getLast();
    var names = target.names(model, Optional.empty());
    var warnings = warnings(ready);
    return new TestResult(
        switch (kind(decisive)) {
          case Accepted -> TestResult.Outcome.Accepted;
          case Refused -> TestResult.Outcome.Refused;
          case Transient -> TestResult.Outcome.Unknown;
        },
        decisive.finding().reason().name(),
        decisive.finding().reason().sentence(names),
        action(decisive, names),
        at.toString(),
        Duration.ofNanos(System.nanoTime() - begun).toMillis(),
        count(first),
        decisive.finding().requestId().orElse(null),
        outcomes.stream()
            .flatMap(one -> one.steps().stream())
            .map(one -> new TestResult.Step(one.name(), one.result(), one.took().toMillis()))
            .toList(),
        warnings.isEmpty() ? null : warnings);
  }

  /// One that is refused because of its address needs other words than one in an object.
  private static String action(Outcome outcome, VerdictReason.Names names) {
    return switch (outcome.finding().reason()) {
      case EndpointNotAllowed ->
          "Use a public address, or send allowInsecureEndpoint: true for http and for private"
              + " addresses; link-local and metadata addresses are never called.";
      case InvalidKey, KeyDisabled ->
          "Send the right key; check that it belongs to this provider and endpoint.";
      default -> outcome.finding().reason().nextStep(names);
    };
  }

  /// Nothing is known here of an earlier time.
  private static VerdictKind kind(Outcome outcome) {
    return outcome.finding().reason().kindAtFirstContact(outcome.finding().probe());
  }

  private static Target target(ApiKey key, Drafts.Reading.Ready ready) {
    return new Target(
        key.provider(),
        key.endpoint(),
        key.connection().insecureAllowed(),
        key.connection().headers(),
        ready.trust(),
        key.connection().azureApiVersion());
  }

  /// Without any model the free probe stands: none is a default.
  private static Optional<Completion> completion(
      ApiKey key, ObjectNode sent, Optional<String> model) {
    var probe =
        Optional.ofNullable(sent.path("probe").textValue())
            .map(Probe::valueOf)
            .orElse(key.verification().probe());
    if (probe != Probe.Completion) {
      return Optional.empty();
    }
    return model
        .or(() -> key.models().additional().stream().map(one -> one.id()).findFirst())
        .map(id ->
            new Completion(
                id,
                key.models().additional().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .flatMap(one -> one.baseModel()),
                Completion.Surface.Chat));
  }

  private static ModelQuestion wanted(String model, ApiKey key, Outcome first) {
    return new ModelQuestion(
        model,
        key.models().additional().stream().anyMatch(one -> one.id().equals(model)),
        first.models().orElse(null) instanceof Models.Listed(var all, _)
            ? Optional.of(all.stream().map(one -> one.id()).toList())
            : Optional.empty());
  }

  private static int count(Outcome outcome) {
    return outcome.models().orElse(null) instanceof Models.Listed(var all, _) ? all.size() : 0;
  }

  private static List<Warning> warnings(Drafts.Reading.Ready ready) {
    return Stream.concat(
            ready.warnings().stream()
                .map(one -> new Warning(one.field(), one.reason(), one.sentence())),
            ready.key().flatMap(key -> KeyHint.of(ready.declared().provider(), key)).stream()
                .map(one -> new Warning("key", one.reason(), one.message())))
        .toList();
  }

  /// A copy: whoever stops waiting must not wipe what is still being sent.
  private static Loan lent(SecretBytes key) {
    try {
      return new Loan.Of(SecretBytes.taking(key.copy()));
    } catch (IllegalStateException _) {
      return new Loan.Withdrawn(); // nobody waits any more
    }
  }

  private Outcome asked(Asked asked, Question question, Optional<SecretBytes> key) {
    var trial =
        parts
            .keys()
            .verifier()
            .once(
                UUID.randomUUID().toString(),
                question,
                () -> key.map(KeyTests::lent).orElseGet(Loan.NoKey::new));
    if (!(trial instanceof Trial.Started(var answer))) {
      throw Refusal.tooMany("This key was tested a moment ago.", SOON);
    }
    asked.gone().follow(() -> answer.cancel(false));
    try {
      return answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | CancellationException _) {
      answer.cancel(false);
      throw Refusal.of(
          ProblemReason.OutcomeUnknown, "The test did not come to its end; nothing was stored.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      answer.cancel(false);
      throw Refusal.of(ProblemReason.OutcomeUnknown, "The server is being stopped.");
    }
  }
}
