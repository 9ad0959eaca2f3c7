package dev.llmconfig.mirror;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.KeyRing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Counts the keys that an older key of the ring is still needed for. Only trying a token tells, so
/// what came of it is remembered for as long as ring and token stay.
final class OlderTokens {

  private final Caches caches;
  private List<KeyId> ring = List.of();
  private Map<String, Boolean> known = Map.of();

  OlderTokens(Caches caches) {
    this.caches = caches;
  }

  synchronized int count(KeyRing current) {
    if (!current.ids().equals(ring)) {
      ring = current.ids();
      known = Map.of();
    }
    if (ring.size() == 1) {
      return 0;
    }
    var tried = new HashMap<String, Boolean>();
    var count = 0;
    for (var key : caches.keys().toList()) {
      var needed = false;
      for (var token : tokens(key).toList()) {
        var needs = known.containsKey(token) ? known.get(token) : current.needsOlder(token);
        tried.put(token, needs);
        needed |= needs;
      }
      count += needed ? 1 : 0;
    }
    known = tried;
    return count;
  }

  private Stream<String> tokens(ApiKeyConfig key) {
    return Stream.concat(
        Stream.ofNullable(key.getSpec()).flatMap(spec -> Stream.ofNullable(spec.getEncryptedKey())),
        caches.managedSecret(Projection.ref(key)).stream().flatMap(KeyProjection::tokens));
  }
}
