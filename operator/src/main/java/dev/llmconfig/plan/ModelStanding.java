package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.util.Optional;

/// What is known about the wanted pair of key and model: the last definitive word, and the weather
/// since. Only the word may change `Ready`.
///
/// @param required whether a word is needed at all
record ModelStanding(boolean required, Optional<Word> word, Optional<VerdictReason> weather) {

  /// Nothing is wanted, so nothing is asked.
  static final ModelStanding NONE = new ModelStanding(true, Optional.empty(), Optional.empty());

  record Word(boolean accepted, VerdictReason reason) {}

  static ModelStanding of(ModelObserved seen, Wanted wanted, boolean required) {
    if (!required) {
      return new ModelStanding(false, Optional.empty(), Optional.empty());
    }
    var before = word(seen.before(), wanted);
    return seen.heard()
        .map(answer ->
            answer.kind() == VerdictKind.Transient
                ? new ModelStanding(true, before, Optional.of(answer.reason()))
                : new ModelStanding(true, Optional.of(word(answer)), Optional.empty()))
        .orElseGet(() -> new ModelStanding(true, before, weather(seen.before(), wanted)));
  }

  /// Whether the wanted settings may go to agents.
  boolean proven() {
    return !required || word.filter(Word::accepted).isPresent();
  }

  Optional<VerdictReason> refused() {
    return word.filter(one -> !one.accepted()).map(Word::reason);
  }

  private static Word word(ModelAnswer answer) {
    return new Word(answer.kind() == VerdictKind.Accepted, answer.reason());
  }

  /// The status is the memory that outlives a process: of the pair that it was about, it tells what
  /// was said; and what is applied was proven, whatever the status is about now.
  private static Optional<Word> word(RememberedModel before, Wanted wanted) {
    var verified = before.condition(ConditionReport.Type.Verified);
    if (verified.filter(one -> one.reason() == ConditionReason.Disabled).isPresent()) {
      return Optional.empty();
    }
    var applied = before.applied().filter(one -> pair(one.settings(), wanted.revision()));
    if (!about(before, wanted)) {
      return applied.map(_ -> new Word(true, VerdictReason.ModelAvailable));
    }
    return switch (verified.map(ConditionReport::truth).orElse(Truth.Unknown)) {
      case True ->
          verified
              .flatMap(ModelStanding::verdict)
              .map(reason -> new Word(true, rejectedOr(reason, before, wanted)));
      case False -> verified.flatMap(ModelStanding::verdict).map(reason -> new Word(false, reason));
      case Unknown ->
          refusal(before).or(() -> applied.map(_ -> new Word(true, VerdictReason.ModelAvailable)));
    };
  }

  /// A model that refuses a parameter is there; that it refuses is remembered where it is told.
  private static VerdictReason rejectedOr(
      VerdictReason reason, RememberedModel before, Wanted wanted) {
    var sentence = new ModelWords(wanted.revision()).sentence(VerdictReason.ParameterRejected);
    return before
            .condition(ConditionReport.Type.ParametersHonoured)
            .filter(one -> one.message().contains(sentence))
            .isPresent()
        ? VerdictReason.ParameterRejected
        : reason;
  }

  /// Under weather `Ready` still says what the provider had refused.
  private static Optional<Word> refusal(RememberedModel before) {
    return before
        .condition(ConditionReport.Type.Ready)
        .filter(ready -> ready.truth() == Truth.False)
        .flatMap(ModelStanding::verdict)
        .map(reason -> new Word(false, reason));
  }

  private static Optional<VerdictReason> weather(RememberedModel before, Wanted wanted) {
    return about(before, wanted)
        ? before
            .condition(ConditionReport.Type.Verified)
            .filter(one -> one.truth() == Truth.Unknown)
            .flatMap(ModelStanding::verdict)
        : Optional.empty();
  }

  /// Whether the status was about this revision, or about another one of the same pair.
  private static boolean about(RememberedModel before, Wanted wanted) {
    var subject = before.subject();
    return subject.filter(wanted.name()::equals).isPresent()
        || before
            .applied()
            .filter(applied -> subject.filter(applied.name()::equals).isPresent())
            .filter(applied -> pair(applied.settings(), wanted.revision()))
            .isPresent();
  }

  /// What a verdict belongs to: a change of key, place or model needs a new one, and a change of
  /// anything else never waits.
  private static boolean pair(Revision one, Revision other) {
    return one.keyRevision().equals(other.keyRevision())
        && one.endpoint().equals(other.endpoint())
        && one.headers().equals(other.headers())
        && one.apiVersion().equals(other.apiVersion())
        && one.model().equals(other.model());
  }

  private static Optional<VerdictReason> verdict(ConditionReport condition) {
    return condition.reason() instanceof VerdictReason reason
        ? Optional.of(reason)
        : Optional.empty();
  }
}
