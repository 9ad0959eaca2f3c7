package dev.llmconfig.plan;

import dev.llmconfig.plan.PlannedEvent.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is told once, when it changes: each event is found by comparing with what was there before.
final class KeyEvents {

  private KeyEvents() {}

  static List<PlannedEvent> of(
      KeyObserved seen, KeyDecision decision, KeyStanding standing, KeyReport report) {
    return Stream.of(
            inUse(seen.use(), seen.before()),
            trimmed(seen, decision),
            rotated(seen, decision),
            judged(seen, standing),
            noted(seen, report, KeyNotes.EXPIRES_SOON, Reason.KeyExpiresSoon),
            noted(seen, report, KeyNotes.USES_OLD_KEY, Reason.TokenUsesOldKey),
            InsecureAnnotation.news(seen))
        .flatMap(Optional::stream)
        .toList();
  }

  /// The condition is the memory of having said it.
  static Optional<PlannedEvent> inUse(KeyUse use, Remembered before) {
    return use.deleting() && use.guarded() && !use.leaving() && !before.deleting()
        ? Optional.of(new PlannedEvent(Reason.InUse, use.sentence()))
        : Optional.empty();
  }

  private static Optional<PlannedEvent> trimmed(KeyObserved seen, KeyDecision decision) {
    return decision instanceof KeyDecision.Promote
            && seen.resolution() instanceof Resolution.Found(_, _, var trimmed, _)
            && trimmed
        ? Optional.of(
            new PlannedEvent(
                Reason.KeyTrimmed,
                "Whitespace or quotes around the key were taken away; store the bare key."))
        : Optional.empty();
  }

  private static Optional<PlannedEvent> rotated(KeyObserved seen, KeyDecision decision) {
    return decision instanceof KeyDecision.Promote(var by)
            && seen.held() instanceof HeldKey.Held(var current, _, _)
            && !current.key().bytes().equals(by.bytes())
        ? Optional.of(
            new PlannedEvent(
                Reason.KeyRotated,
                "The key changed from %s to %s.".formatted(current.revision(), by.revision())))
        : Optional.empty();
  }

  /// Only a new definitive word; weather that passes tells nobody.
  private static Optional<PlannedEvent> judged(KeyObserved seen, KeyStanding standing) {
    var words = new KeyWords(seen.declared());
    return standing
        .word()
        .filter(word -> standing.told().filter(word::sameAs).isEmpty())
        .map(word ->
            word.accepted()
                ? new PlannedEvent(Reason.KeyVerified, words.sentence(word.reason()))
                : new PlannedEvent(Reason.KeyRefused, words.refused(word.reason())));
  }

  private static Optional<PlannedEvent> noted(
      KeyObserved seen, KeyReport report, String note, Reason reason) {
    return report.notes().stream()
        .filter(one -> one.reason().equals(note))
        .filter(one -> !seen.before().notes().contains(one))
        .map(one -> new PlannedEvent(reason, one.message()))
        .findFirst();
  }
}
