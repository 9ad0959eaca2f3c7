package dev.llmconfig.store;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Binding;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes tokens of keys, where this process has something to encrypt with.
public interface Encryption {

  /// The token of `llmconfig encrypt`, bound to that place; empty without a key ring.
  Optional<String> token(Binding place, SecretBytes key);

  /// By whatever ring there is at the moment.
  static Encryption with(Supplier<Optional<KeyRing>> ring, InstantSource clock) {
    return (place, key) ->
        ring.get()
            .map(one -> {
              try (var envelope = place.envelope(Envelope.Purpose.Spec, key).toJson()) {
                return one.encrypt(envelope, clock.instant());
              }
            });
  }
}
