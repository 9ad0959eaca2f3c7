package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// When time alone changes the plan.
final class NextLook {

  /// How soon something is looked at again whose end nobody tells us.
  private static final Duration UNSEEN = Duration.ofSeconds(30);

  private static final Set<Reason> UNNOTICED =
      Set.of(
          ConditionReason.Forbidden,
          ConditionReason.NameTaken,
          ConditionReason.SealedSecretsMissing);

  private NextLook() {}

  static Optional<Instant> of(KeyObserved seen, KeyReport report, ListPlan lists) {
    return Stream.concat(
            Stream.of(
                report.previous().map(KeyReport.Previous::usableUntil),
                seen.declared().expiresAt(),
                lists.due(),
                Optional.of(seen.now().plus(UNSEEN)).filter(_ -> endsUnseen(seen))),
            warnings(seen))
        .flatMap(Optional::stream)
        .filter(time -> time.isAfter(seen.now()))
        .min(Instant::compareTo);
  }

  private static Stream<Optional<Instant>> warnings(KeyObserved seen) {
    return Arrays.stream(KeyNotes.Warning.values())
        .map(warning -> seen.declared().expiresAt().map(warning::from));
  }

  /// A right that is given back, a foreign object that is renamed, and an API that is installed
  /// wake nobody.
  private static boolean endsUnseen(KeyObserved seen) {
    return seen.held() instanceof HeldKey.NameTaken
        || (seen.resolution() instanceof Resolution.Unusable(var reason, _)
            && UNNOTICED.contains(reason));
  }
}
