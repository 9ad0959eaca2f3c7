package dev.llmconfig.takeover;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An ApiKeyConfig to be.
///
/// @param endpoint where it is not the provider's default
/// @param apiVersion of Azure's older paths
/// @param headers that are sent beside the key
/// @param models whose names do not tell which model they are: id and base model
public record KeyDraft(
    String namespace,
    String name,
    Provider provider,
    Optional<Endpoint> endpoint,
    KeySource source,
    Optional<String> apiVersion,
    Map<String, String> headers,
    List<Additional> models,
    Optional<Authority> authority) {

  /// A deployment, and the model behind it.
  public record Additional(String id, String baseModel) {}

  /// A Secret with certificates.
  public record Authority(String secret, String key) {}

  public KeyDraft {
    headers = Map.copyOf(new TreeMap<>(headers));
    models = List.copyOf(models);
  }

  /// Whether both can be one object: everything but the name is equal.
  boolean sameAs(KeyDraft other) {
    return named("").equals(other.named(""));
  }

  KeyDraft named(String other) {
    return new KeyDraft(
        namespace, other, provider, endpoint, source, apiVersion, headers, List.of(), authority);
  }

  KeyDraft with(List<Additional> all) {
    return new KeyDraft(
        namespace, name, provider, endpoint, source, apiVersion, headers, all, authority);
  }
}
