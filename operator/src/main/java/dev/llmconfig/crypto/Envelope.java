package dev.llmconfig.crypto;

/// What a token of ours holds: a key, and the one place that it may be used for. On the wire it is
/// the JSON `{"llmconfig":1,"for":"spec","namespace":…,"name":…,"endpoint":…,"key":…}`. Whether the
/// place is the right one is judged in `domain`, which knows what an endpoint is.
public record Envelope(
    Purpose purpose, String namespace, String name, String endpoint, SecretBytes key)
    implements AutoCloseable {

  /// Where the token lies: in an object that people write, or in a store of ours. What was made for
  /// a store is never accepted in a spec.
  public enum Purpose {
    Spec("spec"),
    Store("store");

    private final String wire;

    Purpose(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /// The plaintext to encrypt.
  public SecretBytes toJson() {
    return EnvelopeJson.write(this);
  }

  @Override
  public void close() {
    key.close();
  }
}
