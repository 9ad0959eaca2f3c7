package dev.llmconfig.domain;

import java.util.List;
import java.util.Optional;

/// How a provider is reached: with the key, all that a verdict is about.
///
/// @param insecureAllowed the owner agrees to plain `http`, private and loopback addresses
/// @param azureApiVersion chooses the paths of AzureOpenAI that carry it
public record Connection(
    Endpoint endpoint,
    boolean insecureAllowed,
    List<Header> headers,
    Optional<CaSource> ca,
    Optional<String> azureApiVersion) {

  public Connection {
    headers = List.copyOf(headers);
  }
}
