package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Header;
import dev.llmconfig.provider.transport.Destination;
import dev.llmconfig.provider.transport.ExtraTrust;
import java.util.List;
import java.util.Optional;

/// A provider at a place: everything a probe must know but the key.
///
/// @param insecureAllowed the owner agrees to plain `http`, private and loopback addresses
/// @param azureApiVersion chooses the paths of AzureOpenAI that carry it
public record Target(
    Provider provider,
    Endpoint endpoint,
    boolean insecureAllowed,
    List<Header> headers,
    ExtraTrust trust,
    Optional<String> azureApiVersion) {

  public Target {
    headers = List.copyOf(headers);
  }

  /// Without anything special.
  public static Target of(Provider provider, Endpoint endpoint) {
    return new Target(provider, endpoint, false, List.of(), ExtraTrust.NONE, Optional.empty());
  }

  /// The host for people, with its port where that is not the usual one.
  public String host() {
    return destination().shown();
  }

  /// What the placeholders of a reason's sentence stand for here.
  public VerdictReason.Names names(Optional<String> model, Optional<String> secret) {
    return new VerdictReason.Names(provider.name(), host(), model, secret);
  }

  Destination destination() {
    return destination(endpoint.host());
  }

  /// Another host of the same provider, on the same terms.
  Destination destination(String host) {
    return new Destination(endpoint.scheme(), host, endpoint.port(), insecureAllowed, trust);
  }
}
