package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.time.Instant;
import java.util.Optional;

/// What is known about the key in question: the last definitive word, and the weather since. Only
/// the word may change `Ready`.
///
/// @param before the word as the status remembers it
record KeyStanding(Optional<Word> word, Optional<VerdictReason> weather, Optional<Word> before) {

  /// @param at when it was said, as far as that is known
  record Word(VerdictKind kind, VerdictReason reason, Optional<Instant> at) {
    boolean accepted() {
      return kind == VerdictKind.Accepted;
    }

    boolean sameAs(Word other) {
      return kind == other.kind && reason == other.reason;
    }
  }

  static KeyStanding of(KeyObserved seen, KeyInQuestion question) {
    var before = question == KeyInQuestion.NONE ? ofHeld(seen) : remembered(seen, question);
    var heard = question == KeyInQuestion.NONE ? Optional.<KeyAnswer>empty() : seen.heard();
    if (heard.isEmpty()) {
      return new KeyStanding(before, rememberedWeather(seen, question), before);
    }
    var answer = heard.get();
    return answer.kind() == VerdictKind.Transient
        ? new KeyStanding(before, Optional.of(answer.reason()), before)
        : new KeyStanding(
            Optional.of(new Word(answer.kind(), answer.reason(), Optional.of(answer.at()))),
            Optional.empty(),
            before);
  }

  boolean accepted() {
    return word.filter(Word::accepted).isPresent();
  }

  Optional<VerdictReason> refused() {
    return word.filter(one -> !one.accepted()).map(Word::reason);
  }

  /// Why the key in use was refused, if it was: it is kept, but nobody may call it good.
  static Optional<VerdictReason> currentRefused(KeyObserved seen) {
    return seen.held() instanceof HeldKey.Held(var current, _, _)
            && seen.before().revision().filter(current.revision()::equals).isPresent()
        ? refusal(seen.before(), ConditionReport.Type.Ready, Truth.False).map(Word::reason)
        : Optional.empty();
  }

  private static Optional<Word> remembered(KeyObserved seen, KeyInQuestion question) {
    return switch (question) {
      case NONE -> Optional.empty();
      case CURRENT -> ofHeld(seen);
      case CANDIDATE -> ofCandidate(seen);
      case PLACE -> ofPlace(seen);
    };
  }

  private static Optional<Word> ofHeld(KeyObserved seen) {
    var before = seen.before();
    if (!(seen.held() instanceof HeldKey.Held(var current, _, _))
        || before.revision().filter(current.revision()::equals).isEmpty()
        || before.endpoint().filter(current.endpoint()::equals).isEmpty()) {
      return Optional.empty();
    }
    return ready(before).or(() -> refusal(before, ConditionReport.Type.Ready, Truth.False));
  }

  private static Optional<Word> ofPlace(KeyObserved seen) {
    var before = seen.before();
    return before.generation() == seen.declared().generation()
        ? ready(before)
            .filter(_ ->
                before.endpoint().filter(seen.declared().endpoint().text()::equals).isPresent())
            .or(() -> refusal(before, ConditionReport.Type.Ready, Truth.False))
        : Optional.empty();
  }

  /// A certificate may have been mended where no generation shows it, so TLS is tried once more.
  private static Optional<Word> ofCandidate(KeyObserved seen) {
    var before = seen.before();
    return seen.resolution() instanceof Resolution.Found(var key, _, _, _)
            && before.candidate().filter(key.revision()::equals).isPresent()
            && before.generation() == seen.declared().generation()
        ? refusal(before, ConditionReport.Type.Stalled, Truth.True)
            .filter(word -> word.reason() != VerdictReason.TLSFailed)
        : Optional.empty();
  }

  private static Optional<Word> ready(Remembered before) {
    return before
        .condition(ConditionReport.Type.Ready)
        .filter(ready -> ready.truth() == Truth.True)
        .filter(ready ->
            ready.reason() == ConditionReason.Verified
                || ready.reason() == ConditionReason.KeptLastGood)
        .map(_ -> new Word(VerdictKind.Accepted, howAccepted(before), before.lastVerified()));
  }

  private static VerdictReason howAccepted(Remembered before) {
    return before.candidate().isEmpty()
            && before
                    .condition(ConditionReport.Type.Verified)
                    .filter(one -> one.truth() == Truth.True)
                    .map(ConditionReport::reason)
                    .orElse(null)
                instanceof VerdictReason reason
        ? reason
        : VerdictReason.KeyAccepted;
  }

  private static Optional<Word> refusal(Remembered before, ConditionReport.Type type, Truth truth) {
    return before
        .condition(type)
        .filter(one -> one.truth() == truth)
        .flatMap(one -> verdict(one))
        .filter(reason -> refuses(reason, type, before))
        .map(reason -> new Word(VerdictKind.Refused, reason, before.lastVerified()));
  }

  /// A missing right stalls a first key also while it is no more than weather.
  private static boolean refuses(
      VerdictReason reason, ConditionReport.Type type, Remembered before) {
    return switch (reason.weight()) {
      case Refused, FirstContact -> true;
      case ByProbe ->
          type == ConditionReport.Type.Ready
              || before.says(ConditionReport.Type.Verified, Truth.False);
      case Accepted, Transient -> false;
    };
  }

  private static Optional<VerdictReason> rememberedWeather(
      KeyObserved seen, KeyInQuestion question) {
    var before = seen.before();
    return question == KeyInQuestion.NONE || before.generation() != seen.declared().generation()
        ? Optional.empty()
        : before
            .condition(ConditionReport.Type.Verified)
            .filter(one -> one.truth() == Truth.Unknown)
            .flatMap(KeyStanding::verdict);
  }

  private static Optional<VerdictReason> verdict(ConditionReport condition) {
    return condition.reason() instanceof VerdictReason reason
        ? Optional.of(reason)
        : Optional.empty();
  }
}
