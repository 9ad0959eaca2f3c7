package dev.llmconfig.gateway;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.HeldToken;

/// What came of opening a stored key. Its envelope must be that of this object and of the place
/// that it is to be sent to: a row that was tampered with opens, and is not believed.
sealed interface TokenOpening {

  /// Wiped by whoever gets it.
  record Key(SecretBytes bytes) implements TokenOpening {}

  /// Made for something else.
  record Foreign() implements TokenOpening {}

  /// The ring has not the key for it.
  record Closed() implements TokenOpening {}

  static TokenOpening of(KeyRing ring, Ref key, Endpoint endpoint, HeldToken token) {
    if (!(ring.open(token.token()) instanceof Opening.Opened(var plaintext, _))) {
      return new Closed();
    }
    try (plaintext) {
      var binding = new Binding(key.namespace(), key.name(), endpoint);
      return binding.judge(Envelope.Purpose.Store, TokenContent.read(plaintext))
              instanceof Binding.Judgement.Fits(var bytes)
          ? new Key(bytes)
          : new Foreign();
    }
  }
}
