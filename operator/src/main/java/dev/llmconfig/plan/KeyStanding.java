package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import java.time.Instant;
import java.util.Optional;

/// What is known about the key in question: the last definitive word, and the weather since. Only
/// the word may change `Ready`.
///
/// @param before the word as the status remembers it, where it still counts
/// @param told the word that people were told of last
record KeyStanding(
    Optional<Word> word,
    Optional<VerdictReason> weather,
    Optional<Word> before,
    Optional<Word> told) {

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
    var before = SaidBefore.about(question, seen);
    var told = before.or(() -> SaidBefore.refusedCandidate(question, seen));
    var heard = question == KeyInQuestion.NONE ? Optional.<KeyAnswer>empty() : seen.heard();
    if (heard.isEmpty()) {
      return new KeyStanding(before, SaidBefore.weather(question, seen), before, told);
    }
    var answer = heard.get();
    return answer.kind() == VerdictKind.Transient
        ? new KeyStanding(before, Optional.of(answer.reason()), before, told)
        : new KeyStanding(
            Optional.of(new Word(answer.kind(), answer.reason(), Optional.of(answer.at()))),
            Optional.empty(),
            before,
            told);
  }

  boolean accepted() {
    return word.filter(Word::accepted).isPresent();
  }

  Optional<VerdictReason> refused() {
    return word.filter(one -> !one.accepted()).map(Word::reason);
  }
}
