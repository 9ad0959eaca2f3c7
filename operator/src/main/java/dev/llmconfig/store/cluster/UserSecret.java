package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.crypto.KeyText;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds a key in a Secret of somebody's own, where the operator would find it.
final class UserSecret {

  /// @param trimmed something around it was taken away
  record Found(SecretBytes bytes, boolean trimmed) {}

  private UserSecret() {}

  static Found key(Requests requests, ApiKey key, KeySource.FromSecret source) {
    var secret = source.secret();
    JsonNode data;
    try {
      data = requests.get(Kind.Secret, new Ref(key.ref().namespace(), secret)).tree().path("data");
    } catch (ApiRefusal refused) {
      throw refused.why() instanceof ApiRefusal.Why.Missing
          ? wrong("There is no Secret %s in this namespace.".formatted(secret))
          : refused;
    }
    var place =
        dataKey(source, key, data)
            .orElseThrow(() ->
                wrong(
                    "Secret %s has no data key that is the key's; it has %s."
                        .formatted(
                            secret, data.isEmpty() ? "none" : String.join(", ", names(data)))));
    var raw = decoded(data.path(place));
    try {
      return switch (KeyText.of(raw)) {
        case KeyText.Usable(var bytes, var trimmed) -> new Found(bytes, trimmed);
        case KeyText.Empty() ->
            throw wrong("Data key %s of Secret %s is empty.".formatted(place, secret));
        case KeyText.Malformed(var what) ->
            throw wrong(
                "The key in data key %s of Secret %s %s; store the bare key, on one line."
                    .formatted(place, secret, what.clause()));
      };
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /// Of another kind than keys; empty where there is none.
  static byte[] data(Requests requests, Ref secret, String dataKey) {
    return decoded(requests.get(Kind.Secret, secret).tree().path("data").path(dataKey));
  }

  static List<String> names(JsonNode data) {
    return data.propertyStream().map(Map.Entry::getKey).sorted().toList();
  }

  /// The declared one; else the usual names; else the only one there is.
  private static Optional<String> dataKey(KeySource.FromSecret source, ApiKey key, JsonNode data) {
    if (source.dataKey().isPresent()) {
      return source.dataKey().filter(data::has);
    }
    return Stream.concat(Stream.of(ManagedNames.API_KEY), key.provider().keyVariables().stream())
        .filter(data::has)
        .findFirst()
        .or(() -> data.size() == 1 ? names(data).stream().findFirst() : Optional.empty());
  }

  private static byte[] decoded(JsonNode text) {
    return Base64.getDecoder().decode(text.asText());
  }

  private static Ended wrong(String sentence) {
    return Ended.invalid(Flaw.invalid("secretRef", sentence));
  }
}
