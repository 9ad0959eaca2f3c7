package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.ApiKey;
import java.time.Instant;
import java.util.Optional;

/// Whether the provider shall be asked about a key, and what it need not be asked again.
final class KeyChecks {

  private KeyChecks() {}

  static Optional<KeyCheck> of(KeyObserved seen, KeyInQuestion question, KeyStanding standing) {
    var verification = seen.declared().verification();
    return question == KeyInQuestion.NONE || !verification.required() || !seen.mayBeUsed()
        ? Optional.empty()
        : Optional.of(
            new KeyCheck(
                standing.before().filter(KeyStanding.Word::accepted).isPresent()
                    || (question == KeyInQuestion.CANDIDATE && acceptedHere(seen)),
                refusedSince(seen.before()),
                known(standing),
                unanswered(seen),
                verification.every()));
  }

  /// Whether a person waits for an answer.
  static boolean requested(KeyObserved seen) {
    return unanswered(seen).isPresent();
  }

  /// The wish of a person that the status does not show as fulfilled.
  private static Optional<String> unanswered(KeyObserved seen) {
    return seen.declared()
        .verifyRequest()
        .filter(wish -> seen.before().handled().filter(wish::equals).isEmpty());
  }

  /// The same key under other terms: what has accepted it once is not refused for its weather.
  private static boolean acceptedHere(KeyObserved seen) {
    ApiKey declared = seen.declared();
    return seen.held() instanceof HeldKey.Held(var current, _, _)
        && seen.resolution() instanceof Resolution.Found(var key, _, _, _)
        && current.key().bytes().equals(key.bytes())
        && current.endpoint().equals(declared.endpoint().text())
        && SaidBefore.refusalOfCurrent(seen).isEmpty()
        && !SaidBefore.currentUnproven(seen);
  }

  private static Optional<Instant> refusedSince(Remembered before) {
    return before
        .condition(ConditionReport.Type.Verified)
        .filter(one -> one.reason() == VerdictReason.KeyRefused)
        .flatMap(_ -> before.verifiedSince());
  }

  /// Weather is asked about again at once, a word only when it is due.
  private static Optional<KeyCheck.Known> known(KeyStanding standing) {
    if (standing.before().isEmpty() || standing.weather().isPresent()) {
      return Optional.empty();
    }
    var word = standing.before().get();
    return word.at().map(at -> new KeyCheck.Known(word.kind(), at));
  }
}
