package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.KeyStanding.Word;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/// What the status remembers of the provider's words, so that nobody is asked twice for the same
/// cause. `Ready` and `Stalled` remember the last definitive one; while they have to say something
/// else, `Verified` does.
final class SaidBefore {

  private final KeyObserved seen;
  private final Remembered before;

  private SaidBefore(KeyObserved seen) {
    this.seen = seen;
    this.before = seen.before();
  }

  /// The last definitive word about what is in question, or about the key in use where nothing is.
  static Optional<Word> about(KeyInQuestion question, KeyObserved seen) {
    var said = new SaidBefore(seen);
    if (!seen.mayBeUsed()) {
      return said.asShown(question);
    }
    return switch (question) {
      case NONE -> said.ofHeld().or(() -> said.asShown(question));
      case CURRENT -> said.ofHeld();
      case CANDIDATE -> said.ofCandidate();
      case PLACE -> said.ofPlace();
    };
  }

  /// The word that stalled a candidate, also where it does not count any more.
  static Optional<Word> refusedCandidate(KeyInQuestion question, KeyObserved seen) {
    return question == KeyInQuestion.CANDIDATE && seen.mayBeUsed()
        ? new SaidBefore(seen).stalledCandidate()
        : Optional.empty();
  }

  /// The weather since that word.
  static Optional<VerdictReason> weather(KeyInQuestion question, KeyObserved seen) {
    var said = new SaidBefore(seen);
    return seen.mayBeUsed() && said.sameGeneration() && said.wasAsked(question)
        ? said.verdict(ConditionReport.Type.Verified, Truth.Unknown)
        : Optional.empty();
  }

  /// Why the key in use was refused, if it was: it is kept, but nobody may call it good.
  static Optional<VerdictReason> refusalOfCurrent(KeyObserved seen) {
    var said = new SaidBefore(seen);
    return seen.held() instanceof HeldKey.Held(var current, _, _)
            && said.before.revision().filter(current.revision()::equals).isPresent()
        ? said.refusal(ConditionReport.Type.Ready, Truth.False)
            .or(() -> said.asShown(KeyInQuestion.NONE).filter(word -> !word.accepted()))
            .map(Word::reason)
        : Optional.empty();
  }

  /// Whether the key in use came into use unverified and has not been accepted since: it is kept,
  /// but nobody may call it good. Only of such a key `Ready` says that nothing is known.
  static boolean currentUnproven(KeyObserved seen) {
    var said = new SaidBefore(seen);
    return seen.declared().verification().required()
        && seen.held() instanceof HeldKey.Held
        && said.heldIsShown()
        && (said.before.says(ConditionReport.Type.Ready, Truth.Unknown)
            || said.before
                .condition(ConditionReport.Type.Verified)
                .filter(one -> one.reason() == ConditionReason.Disabled)
                .isPresent());
  }

  private Optional<Word> ofHeld() {
    if (promotionWasInterrupted()) {
      return Optional.of(unseen(Optional.of(seen.now().truncatedTo(ChronoUnit.SECONDS))));
    }
    return heldIsShown()
        ? ready()
            .or(() -> refusal(ConditionReport.Type.Ready, Truth.False))
            .or(() -> wasNotToBeUsed() ? Optional.empty() : asShown(KeyInQuestion.CURRENT))
        : Optional.empty();
  }

  /// A certificate may have been mended where no generation shows it, so TLS is tried once more.
  private Optional<Word> ofCandidate() {
    return stalledCandidate().filter(word -> word.reason() != VerdictReason.TLSFailed);
  }

  private Optional<Word> stalledCandidate() {
    return wasAsked(KeyInQuestion.CANDIDATE) && sameGeneration()
        ? refusal(ConditionReport.Type.Stalled, Truth.True)
            .or(() -> before.deleting() ? asShown(KeyInQuestion.CANDIDATE) : Optional.empty())
        : Optional.empty();
  }

  private Optional<Word> ofPlace() {
    return sameGeneration()
        ? ready()
            .filter(_ -> placeIsShown())
            .or(() -> refusal(ConditionReport.Type.Ready, Truth.False))
            .or(() -> before.deleting() ? asShown(KeyInQuestion.PLACE) : Optional.empty())
        : Optional.empty();
  }

  /// What `Verified` says, where it says it about what is in question now.
  private Optional<Word> asShown(KeyInQuestion question) {
    var same =
        switch (question) {
          case NONE, CURRENT -> heldIsShown() && before.candidate().isEmpty();
          case CANDIDATE -> wasAsked(question) && sameGeneration();
          case PLACE -> placeIsShown() && before.revision().isEmpty();
        };
    return same
        ? verdict(ConditionReport.Type.Verified, Truth.True)
            .map(reason -> new Word(VerdictKind.Accepted, reason, before.lastVerified()))
            .or(() -> refusal(ConditionReport.Type.Verified, Truth.False))
        : Optional.empty();
  }

  private Optional<Word> ready() {
    return before
        .condition(ConditionReport.Type.Ready)
        .filter(ready -> ready.truth() == Truth.True)
        .flatMap(ready ->
            ready.reason() == ConditionReason.Verified
                ? Optional.of(accepted(before.lastVerified()))
                : ready.reason() == ConditionReason.KeptLastGood ? kept() : Optional.empty());
  }

  /// Behind a candidate `Verified` speaks of that one.
  private Optional<Word> kept() {
    return before.candidate().isEmpty()
        ? asShown(KeyInQuestion.CURRENT)
        : Optional.of(unseen(before.lastVerified()));
  }

  /// Nobody says any more how the key was accepted; a provider that cannot always tell is asked
  /// again.
  private Word unseen(Optional<Instant> at) {
    return accepted(at.filter(_ -> providerAlwaysTells()));
  }

  /// How it was accepted is said by `Verified` in good weather, and by the sentence of `Ready` in
  /// bad one.
  private Word accepted(Optional<Instant> at) {
    return new Word(
        VerdictKind.Accepted,
        verdict(ConditionReport.Type.Verified, Truth.True)
            .filter(_ -> before.candidate().isEmpty())
            .or(this::sentenceOfReady)
            .orElseGet(this::leastThatCanBeSaid),
        at);
  }

  private VerdictReason leastThatCanBeSaid() {
    return seen.resolution() instanceof Resolution.Keyless
        ? VerdictReason.NoKeyNeeded
        : providerAlwaysTells() ? VerdictReason.KeyAccepted : VerdictReason.KeyNotChecked;
  }

  private Optional<VerdictReason> sentenceOfReady() {
    var words = new KeyWords(seen.declared());
    return before
        .condition(ConditionReport.Type.Ready)
        .flatMap(ready ->
            Stream.of(VerdictReason.values())
                .filter(reason -> reason.weight() == VerdictReason.Weight.Accepted)
                .filter(reason -> words.sentence(reason).equals(ready.message()))
                .findFirst());
  }

  private boolean providerAlwaysTells() {
    var provider = seen.declared().provider();
    return provider.listProvesKey() && provider.listCall().isPresent();
  }

  private Optional<Word> refusal(ConditionReport.Type type, Truth truth) {
    return verdict(type, truth)
        .filter(reason -> refuses(reason, type))
        .map(reason -> new Word(VerdictKind.Refused, reason, before.lastVerified()));
  }

  /// A missing right stalls a first key also while it is no more than weather.
  private boolean refuses(VerdictReason reason, ConditionReport.Type type) {
    return switch (reason.weight()) {
      case Refused, FirstContact -> true;
      case ByProbe ->
          type == ConditionReport.Type.Ready
              || before.says(ConditionReport.Type.Verified, Truth.False);
      case Accepted, Transient -> false;
    };
  }

  private Optional<VerdictReason> verdict(ConditionReport.Type type, Truth truth) {
    return before
        .condition(type)
        .filter(one -> one.truth() == truth)
        .flatMap(one ->
            one.reason() instanceof VerdictReason reason ? Optional.of(reason) : Optional.empty());
  }

  private boolean wasAsked(KeyInQuestion question) {
    return switch (question) {
      case NONE -> false;
      case CURRENT -> before.candidate().isEmpty();
      case CANDIDATE ->
          seen.resolution() instanceof Resolution.Found(var key, _, _, _)
              && before.candidate().filter(key.revision()::equals).isPresent();
      case PLACE -> true;
    };
  }

  /// A deletion counts as a generation, too, and changes nothing of what was asked.
  private boolean sameGeneration() {
    var deletion = seen.use().deleting() && !before.deleting() ? 1 : 0;
    var since = seen.declared().generation() - before.generation();
    return since == 0 || since == deletion;
  }

  /// It has to prove itself again before it is used again.
  private boolean wasNotToBeUsed() {
    return before
        .condition(ConditionReport.Type.Ready)
        .filter(ready ->
            ready.reason() == ConditionReason.Suspended
                || ready.reason() == ConditionReason.Expired)
        .isPresent();
  }

  private boolean heldIsShown() {
    return switch (seen.held()) {
      case HeldKey.Absent _, HeldKey.NameTaken _ -> false;
      case HeldKey.Unopened(_, _, var revision, var endpoint) -> isShown(revision, endpoint);
      case HeldKey.Held(var current, _, _) -> isShown(current.revision(), current.endpoint());
    };
  }

  private boolean isShown(String revision, String endpoint) {
    return before.revision().filter(revision::equals).isPresent()
        && before.endpoint().filter(endpoint::equals).isPresent();
  }

  private boolean placeIsShown() {
    return before.endpoint().filter(seen.declared().endpoint().text()::equals).isPresent();
  }

  /// The Secret is written before the status. What is in use there and a candidate here was
  /// accepted, and nobody lived to say so.
  private boolean promotionWasInterrupted() {
    return seen.held() instanceof HeldKey.Held(var current, _, _)
        && !heldIsShown()
        && sameGeneration()
        && before.candidate().filter(current.revision()::equals).isPresent();
  }
}
