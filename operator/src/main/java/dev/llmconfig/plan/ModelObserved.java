package dev.llmconfig.plan;

import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.ModelSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that is known about one ModelConfig when it is decided what it comes to.
///
/// @param listed what the provider's list says of the model; shown, and nothing decided by it
/// @param otherDefaults who else claims the default of the namespace; none that is being deleted
/// @param contestedSince since when an older one has been seen to claim it; empty at first sight
/// @param heard what the provider said about the pair of key and model, in this process
/// @param gateway whether there is one
public record ModelObserved(
    ModelSettings declared,
    KeyState key,
    Catalogue catalogue,
    Profiles profiles,
    Listed listed,
    List<DefaultClaim> otherDefaults,
    Optional<Instant> contestedSince,
    RememberedModel before,
    Optional<ModelAnswer> heard,
    boolean gateway,
    Instant now) {

  public ModelObserved {
    otherDefaults = List.copyOf(otherDefaults);
  }
}
