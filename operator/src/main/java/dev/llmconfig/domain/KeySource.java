package dev.llmconfig.domain;

import dev.llmconfig.api.SealingScope;
import java.util.Optional;

/// Where a key comes from, as its owner declared it.
public sealed interface KeySource {

  /// Where a new key is put, for people; empty where there is none.
  default Optional<String> place() {
    return switch (this) {
      case FromSecret(var secret, _) -> Optional.of("Secret " + secret);
      case Encrypted _ -> Optional.of("spec.encryptedKey");
      case Sealed _ -> Optional.of("spec.sealedKey");
      case Keyless _ -> Optional.empty();
    };
  }

  /// A Secret of the user; without a data key it is the provider's usual one, or the only one.
  record FromSecret(String secret, Optional<String> dataKey) implements KeySource {}

  /// A Fernet token in the object itself, made with `llmconfig encrypt`.
  record Encrypted(String token) implements KeySource {}

  /// What `kubeseal --raw` prints; the sealed-secrets controller makes a Secret of it.
  record Sealed(String encryptedData, SealingScope scope) implements KeySource {

    @Override
    public String toString() {
      return "Sealed[" + scope + "]";
    }
  }

  /// Nothing: the provider is one that can do without.
  record Keyless() implements KeySource {}
}
