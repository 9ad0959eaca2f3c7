package dev.llmconfig.reconcile;

import dev.llmconfig.api.Probe;
import dev.llmconfig.catalogue.KeptList;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.FreshList;
import dev.llmconfig.plan.KeyAnswer;
import dev.llmconfig.plan.KeyCheck;
import dev.llmconfig.plan.KeyPlan;
import dev.llmconfig.plan.ListCheck;
import dev.llmconfig.plan.Resolution;
import dev.llmconfig.provider.Completion;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.verify.Heard;
import dev.llmconfig.verify.History;
import dev.llmconfig.verify.Loan;
import dev.llmconfig.verify.Question;
import dev.llmconfig.verify.Subject;
import dev.llmconfig.verify.Verdict;
import dev.llmconfig.verify.Verification;
import dev.llmconfig.verify.Verifier;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Takes what a plan wants to know to the verifier, and wakes the key when the answer is there.
/// Nothing is asked on a reconcile thread (traps P6).
final class KeyProbes implements KeyGathering.Providers {

  private static final String KEY = "ApiKeyConfig";
  private static final String LIST = "ModelList";

  private final Verifier verifier;
  private final KeySources sources;
  private final Encryptions encryptions;

  /// @param wake is told whose answer is there
  KeyProbes(
      Verifier verifier,
      Verdicts verdicts,
      KeySources sources,
      Encryptions encryptions,
      Consumer<Ref> wake) {
    this.sources = sources;
    this.encryptions = encryptions;
    this.verifier = verifier;
    verdicts.to(KEY, (_, owners) -> owners.forEach(one -> wake.accept(ref(one))));
    verdicts.to(LIST, (_, owners) -> owners.forEach(one -> wake.accept(ref(one))));
  }

  @Override
  public Optional<KeyAnswer> heard(ApiKey key, KeyQuestion question) {
    var heard = verifier.heard(owner(key.ref()), question.subject());
    return heard.verdict().map(verdict -> answer(verdict, heard));
  }

  /// Of two the newer.
  @Override
  public Optional<FreshList> list(ApiKey key, KeyQuestion question) {
    return Stream.concat(
            read(owner(key.ref()), question.subject(), false),
            read(listOwner(key.ref()), question.listSubject(), true))
        .max(Comparator.comparing(FreshList::at));
  }

  private Stream<FreshList> read(String owner, Subject subject, boolean forItself) {
    return verifier.heard(owner, subject).verdict().stream()
        .flatMap(verdict ->
            verdict.outcome().models().stream()
                .map(models ->
                    new FreshList(
                        KeptList.of(models, LocalDate.ofInstant(verdict.at(), ZoneOffset.UTC)),
                        verdict.kind(),
                        verdict.at(),
                        forItself)));
  }

  /// Asks what the plan wants to know. Last, so that a verdict that comes at once finds the status
  /// that it changes.
  ///
  /// @param model to be asked for a word, where the probe is a completion
  /// @return whether something was heard between the look and the question
  boolean ask(ApiKey key, KeyGathering.Gathered gathered, KeyPlan plan, Optional<String> model) {
    var question = gathered.question();
    if (question.isEmpty() || plan.check().isEmpty()) {
      dismiss(key.ref());
    }
    if (question.isEmpty() || plan.list().isEmpty()) {
      verifier.dismiss(listOwner(key.ref()));
    }
    var seen = gathered.seen();
    return question.isPresent()
        && Stream.of(
                plan.check()
                    .map(
                        check -> ask(key, question.get(), check, model, seen.answer().isPresent())),
                plan.list()
                    .map(check ->
                        askForList(
                            key, question.get(), check, seen.facts().fresh().map(FreshList::at))))
            .flatMap(Optional::stream)
            .reduce(false, Boolean::logicalOr);
  }

  private boolean ask(
      ApiKey key, KeyQuestion question, KeyCheck check, Optional<String> model, boolean answered) {
    var standing =
        verifier.want(
            new Verification(
                owner(key.ref()),
                question.subject(),
                new Question.OfKey(question.target(), completion(key, model)),
                () -> lend(key, question),
                history(check),
                check.request(),
                check.every()));
    return standing.verdict().isPresent() && !answered;
  }

  /// Has the list read now, by the free probe and whatever the key's own probe is. What comes of it
  /// is heard by `list`.
  ///
  /// @param heardAt when the plan heard of a list last
  /// @return whether something is known by now that the plan did not know
  private boolean askForList(
      ApiKey key, KeyQuestion question, ListCheck check, Optional<Instant> heardAt) {
    var standing =
        verifier.want(
            new Verification(
                listOwner(key.ref()),
                question.listSubject(),
                new Question.OfKey(question.target(), Optional.empty()),
                () -> lend(key, question),
                new History(check.acceptedBefore(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty()));
    return standing
        .verdict()
        .map(Verdict::at)
        .filter(at -> heardAt.filter(at::equals).isEmpty())
        .isPresent();
  }

  /// Nobody wants to know, for now.
  void dismiss(Ref key) {
    verifier.dismiss(owner(key));
  }

  /// It is gone.
  void release(Ref key) {
    verifier.release(owner(key));
    verifier.release(listOwner(key));
  }

  /// Read anew at the moment of the probe: nobody holds it until then, and its owner may have
  /// changed it, or their mind, in the meantime.
  private Loan lend(ApiKey key, KeyQuestion question) {
    var using = encryptions.current();
    if (using.isEmpty()) {
      return new Loan.Withdrawn();
    }
    try {
      return switch (sources.read(key, using.get())) {
        case Resolution.Found(var found, _, _, _)
            when found.revision().equals(question.revision()) ->
            new Loan.Of(found.bytes());
        case Resolution.Found(var another, _, _, _) -> {
          another.bytes().close();
          yield new Loan.Withdrawn();
        }
        case Resolution.Keyless _ -> new Loan.NoKey();
        case Resolution.NotArrived _, Resolution.Unusable _ -> new Loan.Withdrawn();
      };
    } catch (KubernetesClientException _) {
      // The API server is away; the probe is tried again later.
      return new Loan.Withdrawn();
    }
  }

  private static Optional<Completion> completion(ApiKey key, Optional<String> model) {
    return key.verification().probe() == Probe.Completion
        ? model
            .or(() -> key.models().additional().stream().map(one -> one.id()).findFirst())
            .map(id -> completion(key, id))
        : Optional.empty();
  }

  private static Completion completion(ApiKey key, String model) {
    return new Completion(
        model,
        key.models().additional().stream()
            .filter(one -> one.id().equals(model))
            .findFirst()
            .flatMap(one -> one.baseModel()),
        Completion.Surface.Chat);
  }

  private static History history(KeyCheck check) {
    return new History(
        check.acceptedBefore(),
        check.refusedSince(),
        check.known().map(known -> new History.Known(known.kind(), known.at())));
  }

  private static KeyAnswer answer(Verdict verdict, Heard heard) {
    Finding finding = verdict.outcome().finding();
    return new KeyAnswer(
        verdict.reason(), verdict.kind(), verdict.at(), finding.requestId(), heard.request());
  }

  private static String owner(Ref key) {
    return KEY + "/" + key.namespace() + "/" + key.name();
  }

  private static String listOwner(Ref key) {
    return LIST + "/" + key.namespace() + "/" + key.name();
  }

  private static Ref ref(String owner) {
    var parts = owner.split("/", 3);
    return new Ref(parts[1], parts[2]);
  }
}
