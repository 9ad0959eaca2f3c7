package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.KeySource;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the key in a Secret of the user.
sealed interface SecretReading {

  record Content(SecretBytes raw) implements SecretReading {}

  /// What is missing, and what is there: names of data keys are no secrets.
  record NoSuchDataKey(String message) implements SecretReading {}

  static SecretReading of(KeySource.FromSecret source, Provider provider, Secret secret) {
    var data = new TreeMap<>(Optional.ofNullable(secret.getData()).orElseGet(Map::of));
    return dataKey(source, provider, data)
        .<SecretReading>map(
            key -> new Content(SecretBytes.taking(Base64.getDecoder().decode(data.get(key)))))
        .orElseGet(() -> new NoSuchDataKey(missing(source, provider, data)));
  }

  /// The declared one; else the usual names; else the only one there is.
  private static Optional<String> dataKey(
      KeySource.FromSecret source, Provider provider, Map<String, String> data) {
    if (source.dataKey().isPresent()) {
      return source.dataKey().filter(data::containsKey);
    }
    return usualNames(provider)
        .filter(data::containsKey)
        .findFirst()
        .or(() -> data.size() == 1 ? data.keySet().stream().findFirst() : Optional.empty());
  }

  private static Stream<String> usualNames(Provider provider) {
    return Stream.concat(Stream.of(ManagedNames.API_KEY), provider.keyVariables().stream());
  }

  private static String missing(
      KeySource.FromSecret source, Provider provider, Map<String, String> data) {
    var present = data.isEmpty() ? "it has no data" : "it has " + String.join(", ", data.keySet());
    return source
        .dataKey()
        .map(key ->
            "Secret %s has no data key %s (%s); correct spec.secretRef.key or the Secret."
                .formatted(source.secret(), key, present))
        .orElseGet(() ->
            "Secret %s has none of %s (%s); name the data key in spec.secretRef.key."
                .formatted(
                    source.secret(),
                    usualNames(provider).collect(Collectors.joining(", ")),
                    present));
  }
}
