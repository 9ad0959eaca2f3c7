package dev.llmconfig.takeover;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.OwnHosts;
import java.util.Optional;

/// Where a provider is reached, as ours say it.
final class Places {

  private Places() {}

  /// A server that speaks as OpenAI does is not OpenAI: its key belongs to somebody else.
  static Provider speaking(Provider named, Optional<Endpoint> endpoint) {
    return named == Provider.OpenAI && endpoint.filter(one -> !OwnHosts.own(named, one)).isPresent()
        ? Provider.OpenAICompatible
        : named;
  }

  static Optional<Endpoint> parse(Provider provider, String address) {
    var trimmed = address.strip().replaceAll("/+$", "");
    // Ours name the server, and know the path themselves.
    var server =
        provider.apiPath().isEmpty() || !trimmed.endsWith(provider.apiPath())
            ? trimmed
            : trimmed.substring(0, trimmed.length() - provider.apiPath().length());
    return Endpoint.parse(server) instanceof Validated.Valid<Endpoint>(var endpoint)
        ? Optional.of(endpoint)
        : Optional.empty();
  }

  static boolean isDefault(Provider provider, Endpoint endpoint) {
    return provider
        .defaultEndpoint()
        .flatMap(one -> parse(provider, one))
        .filter(endpoint::equals)
        .isPresent();
  }
}
