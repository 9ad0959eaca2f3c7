package dev.llmconfig.store;

/// Where a new key is kept.
public enum Holding {
  /// Encrypted, in the object itself.
  EncryptedKey,
  /// In a Secret beside it.
  Secret
}
