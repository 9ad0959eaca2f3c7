package dev.llmconfig.gateway;

import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.provider.Target;
import java.util.Optional;

/// What one chat uses. Whoever resolves a name into this has decided everything: nothing in it
/// comes from the request but the parameters, and those went through the same mapping as an
/// agent's.
///
/// @param format the one that the parameters were mapped for
/// @param keyPlace where the key is kept, for sentences, such as `Secret openai`
public record ChatTarget(
    Target place,
    ModelFacts model,
    RequestFormat format,
    EffectiveParameters parameters,
    Optional<String> keyPlace,
    KeyLease key) {

  @Override
  public String toString() {
    return "ChatTarget[%s at %s]".formatted(model.id(), place.host());
  }
}
