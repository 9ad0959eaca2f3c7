package dev.llmconfig.store;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.domain.Binding;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes tokens of keys and keys of tokens, where this process has something to encrypt with.
public interface Encryption {

  /// The token of `llmconfig encrypt`, bound to that place; empty without a key ring.
  Optional<String> token(Binding place, SecretBytes key);

  /// The key in a token that was made for that place and that purpose.
  Opened open(Binding place, Envelope.Purpose purpose, String token);

  /// What came of a token.
  sealed interface Opened {

    /// The key, which whoever asked wipes.
    record Key(SecretBytes bytes) implements Opened {}

    /// There is nothing here to open it with.
    record NoRing() implements Opened {}

    /// No key of the ring opens it.
    record Refused() implements Opened {}

    /// It may not be used there.
    record Elsewhere() implements Opened {}
  }

  /// By whatever ring there is at the moment.
  static Encryption with(Supplier<Optional<KeyRing>> ring, InstantSource clock) {
    return new Encryption() {
      @Override
      public Optional<String> token(Binding place, SecretBytes key) {
        return ring.get()
            .map(one -> {
              try (var envelope = place.envelope(Envelope.Purpose.Spec, key).toJson()) {
                return one.encrypt(envelope, clock.instant());
              }
            });
      }

      @Override
      public Opened open(Binding place, Envelope.Purpose purpose, String token) {
        return ring.get()
            .map(one -> opened(one, place, purpose, token))
            .orElseGet(Opened.NoRing::new);
      }
    };
  }

  private static Opened opened(
      KeyRing ring, Binding place, Envelope.Purpose purpose, String token) {
    return switch (ring.open(token)) {
      case Opening.Refused() -> new Opened.Refused();
      case Opening.Opened(var plaintext, _) -> {
        try (plaintext) {
          yield judged(place, purpose, TokenContent.read(plaintext));
        }
      }
    };
  }

  /// A token that is bound to nothing is taken by some operators only, and nobody here knows by
  /// which.
  private static Opened judged(Binding place, Envelope.Purpose purpose, TokenContent content) {
    return switch (place.judge(purpose, content)) {
      case Binding.Judgement.Fits(var key) -> new Opened.Key(key);
      case Binding.Judgement.Unbound(var key) -> {
        key.close();
        yield new Opened.Elsewhere();
      }
      case Binding.Judgement.BoundElsewhere _, Binding.Judgement.MadeFor _ ->
          new Opened.Elsewhere();
      case Binding.Judgement.Unreadable _ -> new Opened.Refused();
    };
  }
}
