package dev.llmconfig.plan;

import dev.llmconfig.domain.KeyState;
import java.util.Optional;

/// What one ModelConfig comes to, before anything is delivered: all that a delivery needs to know.
///
/// @param seen what it was decided from
public record ModelOutlook(
    ModelObserved seen, Acceptance acceptance, DefaultRole role, ModelStanding standing) {

  static ModelOutlook of(ModelObserved seen) {
    var acceptance = ModelAcceptance.of(seen);
    return new ModelOutlook(
        seen,
        acceptance,
        DefaultRole.of(seen),
        acceptance
            .accepted()
            .map(one -> ModelStanding.of(seen, one.wanted(), verificationRequired(seen)))
            .orElse(ModelStanding.NONE));
  }

  /// Empty while the ModelConfig is not accepted: agents then keep what they have.
  public Optional<Wanted> wanted() {
    return acceptance.accepted().map(Acceptance.Accepted::wanted);
  }

  /// Whether the wanted settings may go to agents now. A ModelConfig that is suspended gives
  /// nothing out, and one that is being deleted only takes back.
  public boolean mayBeDelivered() {
    return wanted().isPresent()
        && standing.proven()
        && !seen.declared().suspended()
        && !seen.declared().deleting();
  }

  /// Whether the provider has said no to the wanted settings.
  public boolean refused() {
    return standing.refused().isPresent();
  }

  private static boolean verificationRequired(ModelObserved seen) {
    return !(seen.key() instanceof KeyState.Usable(var key, _)) || key.verification().required();
  }
}
