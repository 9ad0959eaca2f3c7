package dev.llmconfig.store;

import dev.llmconfig.crypto.KeyText;
import dev.llmconfig.crypto.SecretBytes;

/// A provider's key on its way into a store: bytes that are wiped, and that print nothing.
public sealed interface KeyMaterial extends AutoCloseable {

  String FIELD = "key";

  @Override
  void close();

  /// None is given.
  record Absent() implements KeyMaterial {
    @Override
    public void close() {}
  }

  /// A key that can be sent.
  ///
  /// @param trimmed something around it was taken away, which is to be said
  record Given(SecretBytes bytes, boolean trimmed) implements KeyMaterial {
    @Override
    public void close() {
      bytes.close();
    }
  }

  /// What was typed can be no key.
  record Refused(Flaw flaw) implements KeyMaterial {
    @Override
    public void close() {}
  }

  /// As it was typed or pasted; the caller keeps the array, and wipes it.
  static KeyMaterial of(byte[] typed) {
    if (Masks.in(typed)) {
      // Whoever sends back what a form shows would lose the key (traps K1).
      return new Refused(
          new Flaw(
              FIELD,
              Flaw.Reason.KeyLooksMasked,
              "This is the mask of a key, not the key; leave the field out to keep the key."));
    }
    return switch (KeyText.of(typed)) {
      case KeyText.Usable(var key, var trimmed) -> new Given(key, trimmed);
      case KeyText.Empty() ->
          new Refused(
              new Flaw(
                  FIELD,
                  Flaw.Reason.KeyEmpty,
                  "There is no key in this field; leave it out, or type the key."));
      case KeyText.Malformed(var what) ->
          new Refused(
              new Flaw(
                  FIELD,
                  Flaw.Reason.KeyMalformed,
                  "The key %s; give the bare key, on one line.".formatted(what.clause())));
    };
  }
}
