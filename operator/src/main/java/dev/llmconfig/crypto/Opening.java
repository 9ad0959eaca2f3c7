package dev.llmconfig.crypto;

/// What came of trying a token. A refusal has no detail on purpose (traps K19).
public sealed interface Opening {

  /// Opened by this key of the ring; when it is not the first, the token is due for re-encryption.
  record Opened(SecretBytes plaintext, KeyId by) implements Opening {}

  record Refused() implements Opening {}
}
