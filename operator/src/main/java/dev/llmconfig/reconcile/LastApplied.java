package dev.llmconfig.reconcile;

import dev.llmconfig.crypto.KeySearch;
import dev.llmconfig.crypto.SecretBytes;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;
import java.util.stream.Stream;

/// The annotation that `kubectl apply` leaves on an object: a copy of all that was applied.
final class LastApplied {

  static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private LastApplied() {}

  /// Whether one of these keys is in it.
  static boolean holdsOneOf(Stream<SecretBytes> keys, ObjectMeta of) {
    return Optional.ofNullable(of.getAnnotations())
        .flatMap(all -> Optional.ofNullable(all.get(ANNOTATION)))
        .filter(copy -> keys.anyMatch(key -> KeySearch.finds(key, copy)))
        .isPresent();
  }
}
