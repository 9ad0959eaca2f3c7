package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.ParameterBasis;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.plan.Wanted;
import java.util.Optional;

/// The Secret of mode EnvFrom. All agents of a ModelConfig read it, so it has one content at a
/// time: it goes forward before the first of them is told, and back when one of them fails.
///
/// @param candidate what it holds with the wanted settings; empty in another mode
/// @param applied what it held with the last good ones; empty where there are none, or they cannot
///   be had any more
record SharedSecret(Optional<Need.Environment> candidate, Optional<Need.Environment> applied) {

  static SharedSecret of(DeliveryObserved seen, Wanted wanted, Optional<AppliedRevision> before) {
    return new SharedSecret(
        content(seen, wanted.name(), wanted.revision(), wanted.basis(), wanted.profile()),
        before
            .flatMap(last ->
                OwnChoice.profile(seen, last)
                    .flatMap(profile ->
                        content(seen, last.name(), last.settings(), last.basis(), profile)))
            .filter(one -> !seen.memory().missing().containsKey(one.id())));
  }

  private static Optional<Need.Environment> content(
      DeliveryObserved seen,
      String name,
      Revision revision,
      ParameterBasis basis,
      Profile profile) {
    return Parcel.of(name, revision, basis, profile, Optional.empty(), seen.name())
            instanceof Parcel.Ready ready
        ? ready.environment()
        : Optional.empty();
  }

  /// Whether agents that have moved must go back together.
  boolean shared() {
    return candidate.isPresent() && applied.isPresent();
  }

  /// What it holds from now on; empty where it is left as it is.
  Optional<Need.Environment> content(Round round) {
    return switch (round.ground().leave()) {
      case FROZEN -> Optional.empty();
      case GIVEN -> round.goesBack() ? applied.or(() -> candidate) : candidate.or(() -> applied);
      case REFUSED -> round.ground().settled() ? candidate.or(() -> applied) : applied;
      case PENDING, NOT_APPROVED, WITHHELD ->
          round.ground().settled() || moved(round)
              ? candidate.or(() -> applied)
              : applied.filter(one -> !overtaken(round, one));
    };
  }

  /// Whether agents have settings that were overtaken before everybody had them: what they read is
  /// not turned back before it is known what comes next.
  private static boolean overtaken(Round round, Need.Environment one) {
    return round.seen().provided().contains(one.name())
        && round.recipients().stream().anyMatch(Recipient::carriesAnother);
  }

  /// Whether somebody was told already.
  private static boolean moved(Round round) {
    return round.recipients().stream()
        .anyMatch(one -> !one.onRestart() && round.agent(one).hasCandidate());
  }
}
