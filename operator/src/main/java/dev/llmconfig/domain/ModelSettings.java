package dev.llmconfig.domain;

import dev.llmconfig.api.UnsupportedParameters;
import java.time.Instant;
import java.util.List;

/// A ModelConfig as declared, with everything that is declared nowhere filled in. Its display name
/// is not here, because nothing is decided by it.
///
/// @param created the end of time for an object that is not in the cluster yet: it is the youngest
/// @param apiKey name of its ApiKeyConfig, in the same namespace
/// @param parameters as they were asked for; what a model takes of them is decided elsewhere
/// @param isDefault whether it claims the agents that follow the default of the namespace
/// @param fallbacks in the order in which the gateway tries them
/// @param deleting whether it is on its way out
public record ModelSettings(
    Ref ref,
    String uid,
    long generation,
    Instant created,
    String apiKey,
    String model,
    Parameters parameters,
    UnsupportedParameters unsupportedParameters,
    boolean isDefault,
    List<String> fallbacks,
    ModelDelivery delivery,
    ModelRequests requests,
    boolean suspended,
    boolean deleting) {

  public ModelSettings {
    fallbacks = List.copyOf(fallbacks);
  }
}
