package dev.llmconfig.verify;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.verify.Alarms.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that is known about one subject, and all who want to know it. Owned by the verifier's lock.
final class Case {

  enum Phase {
    Idle,
    Queued,
    Asking
  }

  final Subject subject;
  Phase phase = Phase.Idle;
  @Nullable Alarm alarm;

  private final Map<String, Verification> owners = new LinkedHashMap<>();

  /// What owners remember of earlier lives, the newest; and how often it is to be asked, the most
  /// often.
  private final Utmost<History.Known> newest =
      new Utmost<>(
          Comparator.comparing(History.Known::at),
          () -> owners.values().stream().flatMap(v -> v.history().known().stream()));

  private final Utmost<Duration> oftenest =
      new Utmost<>(
          Comparator.<Duration>reverseOrder(),
          () -> owners.values().stream().flatMap(v -> v.every().stream()));

  /// Owners that remember nothing.
  private int unaware;

  /// Owners that a person waits for.
  private final Set<String> waiting = new HashSet<>();

  /// The newest request of each owner that was answered.
  private final Map<String, String> answered = new HashMap<>();

  private Map<String, String> beingAnswered = Map.of();
  private @Nullable Verdict verdict;
  private @Nullable Instant keyRefusedSince;
  private @Nullable Instant retryAt;
  private int failures;

  /// Another question than the one that was answered, or is being answered.
  private boolean restated;

  Case(Subject subject, Optional<Verdict> remembered) {
    this.subject = subject;
    this.verdict = remembered.orElse(null);
  }

  void join(Verification verification) {
    Verification before = owners.put(verification.owner(), verification);
    counts(Optional.ofNullable(before), Optional.of(verification));
    waits(verification);
    if (before != null && !before.question().same(verification.question())) {
      restated = true;
      failures = 0;
    }
  }

  void leave(String owner) {
    counts(Optional.ofNullable(owners.remove(owner)), Optional.empty());
    answered.remove(owner);
    waiting.remove(owner);
  }

  private void counts(Optional<Verification> before, Optional<Verification> now) {
    newest.changed(before.flatMap(v -> v.history().known()), now.flatMap(v -> v.history().known()));
    oftenest.changed(before.flatMap(Verification::every), now.flatMap(Verification::every));
    unaware += unaware(now) - unaware(before);
  }

  private static int unaware(Optional<Verification> owner) {
    return owner.filter(v -> v.history().known().isEmpty()).isPresent() ? 1 : 0;
  }

  private void waits(Verification verification) {
    if (unanswered(verification)) {
      waiting.add(verification.owner());
    } else {
      waiting.remove(verification.owner());
    }
  }

  boolean wanted() {
    return !owners.isEmpty();
  }

  Set<String> owners() {
    return Set.copyOf(owners.keySet());
  }

  Standing standing(Verification verification) {
    boolean unknown = restated || unknown();
    return new Standing(Optional.ofNullable(verdict), unknown || unanswered(verification));
  }

  Optional<Verdict> verdict() {
    return Optional.ofNullable(verdict);
  }

  Optional<String> answeredRequest(String owner) {
    return Optional.ofNullable(answered.get(owner));
  }

  /// Whether a person waits for this answer.
  boolean requested() {
    return !waiting.isEmpty();
  }

  /// When to ask next; empty for never, until something changes.
  Optional<Instant> due(Instant now, Optional<Instant> nextByHand) {
    if (restated) {
      return Optional.of(now);
    }
    if (requested() && !unknown()) {
      return Optional.of(later(nextByHand.orElse(now), now));
    }
    if (retryAt != null) {
      return Optional.of(retryAt);
    }
    Optional<History.Known> last = last();
    if (last.isEmpty() || last.get().kind() == VerdictKind.Transient) {
      return Optional.of(now);
    }
    return last.get().kind() == VerdictKind.Accepted
        ? oftenest.get().map(every -> last.get().at().plus(Pace.check(every, subject.spread())))
        : Optional.empty();
  }

  private boolean unknown() {
    return last().isEmpty();
  }

  /// The last verdict. One of an earlier life counts only where every owner knows of it: who does
  /// not would never hear of it.
  private Optional<History.Known> last() {
    if (verdict != null) {
      return Optional.of(new History.Known(verdict.kind(), verdict.at()));
    }
    return unaware == 0 ? newest.get() : Optional.empty();
  }

  /// The question is on its way; what is asked for from now on is not answered by it.
  Verification asking() {
    phase = Phase.Asking;
    restated = false;
    retryAt = null;
    beingAnswered = requests();
    return owners.values().stream().reduce((_, newest) -> newest).orElseThrow();
  }

  /// The question was answered.
  ///
  /// @param acceptedBefore by what others remember
  Verdict answered(Outcome outcome, boolean acceptedBefore, Pace pace, Instant now, double random) {
    boolean accepted =
        acceptedBefore || owners.values().stream().anyMatch(v -> v.history().acceptedBefore());
    noteKeyRefused(outcome, now);
    VerdictKind kind =
        Judgement.kind(outcome.finding(), accepted, Optional.ofNullable(keyRefusedSince), now);
    Verdict given = new Verdict(subject, outcome, kind, now);
    verdict = given;
    answered.putAll(beingAnswered);
    answered.keySet().retainAll(owners.keySet());
    owners.values().forEach(this::waits);
    if (kind == VerdictKind.Transient) {
      retry(outcome.finding().retryAfter(), pace, now, random);
    } else {
      failures = 0;
    }
    return given;
  }

  /// Nobody could even be asked.
  void failed(Pace pace, Instant now, double random) {
    retry(Optional.empty(), pace, now, random);
  }

  private void retry(Optional<Duration> asked, Pace pace, Instant now, double random) {
    failures++;
    retryAt = now.plus(pace.retry(failures, asked, random));
  }

  private void noteKeyRefused(Outcome outcome, Instant now) {
    if (outcome.finding().reason() != VerdictReason.KeyRefused) {
      keyRefusedSince = null;
    } else if (keyRefusedSince == null) {
      keyRefusedSince =
          owners.values().stream()
              .flatMap(v -> v.history().keyRefusedSince().stream())
              .min(Comparator.naturalOrder())
              .orElse(now);
    }
  }

  private boolean unanswered(Verification verification) {
    return verification
        .request()
        .filter(token -> !token.equals(answered.get(verification.owner())))
        .isPresent();
  }

  private Map<String, String> requests() {
    Map<String, String> requests = new HashMap<>();
    owners.forEach((owner, v) -> v.request().ifPresent(token -> requests.put(owner, token)));
    return requests;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
