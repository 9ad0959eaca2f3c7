package dev.llmconfig.plan;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.catalogue.KeptList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// When a provider is asked for its list alone. Every check of a key brings the list along, so this
/// is for keys that are checked seldom or never. What is remembered in the cluster decides, so a
/// restart asks nobody.
final class ListSchedule {

  private static final Duration EVERY = Duration.ofHours(6);

  /// Keys that were made together must not all be read together for ever.
  private static final Duration SPREAD = EVERY.dividedBy(10);

  private static final int STEPS = 1_000;

  private ListSchedule() {}

  /// Empty for never, until something changes.
  static Optional<Instant> of(
      KeyObserved seen, KeyStanding standing, Optional<UsedKey> used, Optional<ReadList> list) {
    if (used.isEmpty()
        || !seen.declared().models().discovered()
        || !seen.mayBeUsed()
        || seen.use().deleting()
        || seen.facts().held() instanceof HeldFacts.NameTaken) {
      return Optional.empty();
    }
    var known = list.filter(one -> one.with().equals(used.get()));
    if (known.filter(one -> settled(one, seen.declared().generation())).isPresent()) {
      return Optional.empty();
    }
    // The spec is another one since.
    var refused = known.flatMap(ReadList::refused).isPresent();
    var askedAt = known.filter(_ -> !refused).map(ReadList::askedAt);
    return seen.declared().verification().required()
        ? besideChecks(seen, standing, refused || list.isEmpty(), askedAt)
        : Optional.of(askedAt.map(at -> next(seen, at)).orElse(seen.now()));
  }

  /// Asking again would bring the same answer.
  private static boolean settled(ReadList list, long generation) {
    return list.refused().filter(one -> one.generation() == generation).isPresent()
        || list.list().equals(new KeptList.Nothing(EmptyListReason.NoListEndpoint));
  }

  /// @param overdue whether there is no list at all, or none since the spec is as it is
  private static Optional<Instant> besideChecks(
      KeyObserved seen, KeyStanding standing, boolean overdue, Optional<Instant> askedAt) {
    var checkedAt =
        standing.word().filter(KeyStanding.Word::accepted).flatMap(KeyStanding.Word::at);
    if (checkedAt.isEmpty() || standing.weather().isPresent() || KeyChecks.requested(seen)) {
      return Optional.empty(); // the check that comes now brings it along
    }
    var every = seen.declared().verification().every();
    if (overdue) {
      return every
              .map(checkedAt.get()::plus)
              .filter(check -> !check.isAfter(seen.now()))
              .isPresent()
          ? Optional.empty()
          : Optional.of(seen.now());
    }
    return every.filter(period -> period.compareTo(EVERY) <= 0).isPresent()
        ? Optional.empty()
        : Stream.concat(checkedAt.stream(), askedAt.stream())
            .max(Instant::compareTo)
            .map(last -> next(seen, last));
  }

  private static Instant next(KeyObserved seen, Instant last) {
    var step = Math.floorMod(seen.declared().uid().hashCode(), STEPS);
    return last.plus(EVERY).plus(SPREAD.multipliedBy(step).dividedBy(STEPS));
  }
}
