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
/// @param successor what there is of another key, or another way to use it; headers and API version
///   are then those of the successor
public record UsableKey(
    String name,
    Provider provider,
    Endpoint endpoint,
    Optional<String> revision,
    SortedMap<String, String> headers,
    Optional<String> apiVersion,
    ModelSelection models,
    KeyVerification verification,
    Successor successor) {

  /// How far the next key has come.
  public enum Successor {
    None,
    /// Nobody knows yet whether it works.
    Pending,
    Refused
  }

  public UsableKey {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  static UsableKey of(
      ApiKey declared, Endpoint endpoint, Optional<String> revision, Successor successor) {
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
        successor);
  }
}
