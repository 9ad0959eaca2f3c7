package dev.llmconfig.reconcile;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.ModelAnswer;
import dev.llmconfig.plan.ModelCheck;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.verify.Heard;
import dev.llmconfig.verify.History;
import dev.llmconfig.verify.Loan;
import dev.llmconfig.verify.Verdict;
import dev.llmconfig.verify.Verification;
import dev.llmconfig.verify.Verifier;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks whether a provider offers the model of a ModelConfig with its key, and wakes it when the
/// answer is there.
final class ModelProbes {

  private static final String KIND = "ModelConfig";

  private final Verifier verifier;

  /// @param wake is told whose answer is there
  ModelProbes(Verifier verifier, Verdicts verdicts, Consumer<Ref> wake) {
    this.verifier = verifier;
    verdicts.to(KIND, (_, owners) -> owners.forEach(one -> wake.accept(ref(one))));
  }

  Optional<ModelAnswer> heard(Ref model, ModelPlace place) {
    var heard = verifier.heard(owner(model), place.subject());
    return heard.verdict().map(verdict -> answer(verdict, heard));
  }

  /// Asks what there is to be found out. Last, so that an answer that comes at once finds the
  /// status that it changes.
  ///
  /// @return whether something was heard between the look and the question
  boolean ask(ModelGathering.Gathered gathered, ModelOutlook outlook, KeysInUse keys) {
    var model = gathered.seen().declared();
    var check = ModelCheck.of(outlook);
    if (check.isEmpty() || gathered.place().isEmpty() || gathered.key().isEmpty()) {
      dismiss(model.ref());
      return false;
    }
    ApiKey key = gathered.key().get();
    var place = gathered.place().get();
    return ask(
        model,
        place,
        check.get(),
        () -> keys.lend(key, place.keyInUse()),
        gathered.seen().heard().isPresent());
  }

  private boolean ask(
      ModelSettings model, ModelPlace place, ModelCheck check, Loan.Lender key, boolean answered) {
    var standing =
        verifier.want(
            new Verification(
                owner(model.ref()),
                place.subject(),
                place.question(),
                key,
                new History(true, Optional.empty(), check.known().map(ModelProbes::remembered)),
                check.request(),
                Optional.empty()));
    return standing.verdict().isPresent() && !answered;
  }

  /// Nobody wants to know, for now.
  void dismiss(Ref model) {
    verifier.dismiss(owner(model));
  }

  /// It is gone.
  void release(Ref model) {
    verifier.release(owner(model));
  }

  /// A word is never due again by itself: a model is asked about when key, place or model change,
  /// or when somebody asks.
  private static History.Known remembered(VerdictKind kind) {
    return new History.Known(kind, Instant.EPOCH);
  }

  private static ModelAnswer answer(Verdict verdict, Heard heard) {
    return new ModelAnswer(
        verdict.reason(), verdict.kind(), verdict.outcome().didYouMean(), heard.request());
  }

  private static String owner(Ref model) {
    return KIND + "/" + model.namespace() + "/" + model.name();
  }

  private static Ref ref(String owner) {
    var parts = owner.split("/", 3);
    return new Ref(parts[1], parts[2]);
  }
}
