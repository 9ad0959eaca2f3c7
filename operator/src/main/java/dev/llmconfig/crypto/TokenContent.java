package dev.llmconfig.crypto;

/// The plaintext of a token, read.
public sealed interface TokenContent extends AutoCloseable {

  record Bound(Envelope envelope) implements TokenContent {
    @Override
    public void close() {
      envelope.close();
    }
  }

  /// Just a key, as any Fernet library encrypts it.
  record Bare(SecretBytes key) implements TokenContent {
    @Override
    public void close() {
      key.close();
    }
  }

  /// JSON, and yet no envelope of a version that we know. It is not taken for a bare key: a binding
  /// that cannot be read must not become no binding. `why` completes the sentence `The content of
  /// the token …`, and repeats nothing of it.
  record Unreadable(String why) implements TokenContent {
    @Override
    public void close() {}
  }

  @Override
  void close();

  /// The caller keeps the plaintext, and wipes it.
  static TokenContent read(SecretBytes plaintext) {
    return plaintext.use(EnvelopeJson::read);
  }
}
