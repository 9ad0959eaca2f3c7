package dev.llmconfig.domain;

import dev.llmconfig.api.Provider;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a ModelConfig must know of the key that it names; never the key.
///
/// @param name of the ApiKeyConfig
/// @param endpoint where the current key was accepted
/// @param revision of the current key; empty where none is needed
/// @param headers by name in lower case, because two spellings are one header
/// @param apiVersion the one that the provider's paths carry, where they do
/// @param candidateWaits another key, or another way to use it, is not proven yet: headers and API
///   version are then those of the candidate
public record UsableKey(
    String name,
    Provider provider,
    Endpoint endpoint,
    Optional<String> revision,
    SortedMap<String, String> headers,
    Optional<String> apiVersion,
    ModelSelection models,
    KeyVerification verification,
    boolean candidateWaits) {

  public UsableKey {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  static UsableKey of(
      ApiKey declared, Endpoint endpoint, Optional<String> revision, boolean candidateWaits) {
    var headers = new TreeMap<String, String>();
    for (var header : declared.connection().headers()) {
      headers.put(header.name().toLowerCase(Locale.ROOT), header.value());
    }
    return new UsableKey(
        declared.ref().name(),
        declared.provider(),
        endpoint,
        revision,
        headers,
        declared.connection().azureApiVersion(),
        declared.models(),
        declared.verification(),
        candidateWaits);
  }
}
