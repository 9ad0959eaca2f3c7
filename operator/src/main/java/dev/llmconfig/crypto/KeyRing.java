package dev.llmconfig.crypto;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The encryption keys of an installation: the first one encrypts, all of them decrypt, so that a
/// new one can be put in front while tokens of the older ones still open.
public final class KeyRing implements AutoCloseable {

  /// A ring, or everything that is wrong with its text at once.
  public sealed interface Parsed {

    record Valid(KeyRing ring) implements Parsed {}

    /// Each problem is a clause such as `key 2 of 3 repeats an earlier one`, without any of the
    /// text.
    record Invalid(List<String> problems) implements Parsed {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  private final List<FernetKey> keys;

  private KeyRing(List<FernetKey> keys) {
    this.keys = List.copyOf(keys);
  }

  public static KeyRing of(FernetKey first, FernetKey... older) {
    return new KeyRing(Stream.concat(Stream.of(first), Stream.of(older)).toList());
  }

  /// One Fernet key, or several separated by commas or lines.
  public static Parsed parse(SecretBytes text) {
    return text.use(KeyRingText::parse);
  }

  static KeyRing of(List<FernetKey> keys) {
    return new KeyRing(keys);
  }

  /// The key that encrypts.
  public KeyId first() {
    return keys.getFirst().id();
  }

  public List<KeyId> ids() {
    return keys.stream().map(FernetKey::id).toList();
  }

  public String encrypt(SecretBytes plaintext, Instant now) {
    return plaintext.use(bytes -> Fernet.encrypt(keys.getFirst(), bytes, now));
  }

  public Opening open(String token) {
    Optional<byte[]> decoded = Fernet.decode(token);
    if (decoded.isEmpty()) {
      return new Opening.Refused();
    }
    for (FernetKey key : keys) {
      Optional<SecretBytes> plaintext = Fernet.decrypt(key, decoded.get());
      if (plaintext.isPresent()) {
        return new Opening.Opened(plaintext.get(), key.id());
      }
    }
    return new Opening.Refused();
  }

  /// Whether a key but the first one opens the token: that key may not be dropped before the token
  /// is made anew.
  public boolean needsOlder(String token) {
    if (keys.size() > 1 && open(token) instanceof Opening.Opened(var plaintext, var by)) {
      plaintext.close();
      return !by.equals(first());
    }
    return false;
  }

  /// The ring with a new key in front: step one of a rotation. Shares its keys with this one.
  public KeyRing withFirst(FernetKey key) {
    return new KeyRing(Stream.concat(Stream.of(key), keys.stream()).toList());
  }

  /// The ring without its last key: the end of a rotation. Shares its keys with this one.
  public KeyRing withoutOldest() {
    if (keys.size() == 1) {
      throw new IllegalStateException("the only key of a ring cannot be dropped");
    }
    return new KeyRing(keys.subList(0, keys.size() - 1));
  }

  /// A ring for another purpose, one key for each of this: what it encrypts opens with whichever
  /// ring has the same keys, and this ring does not open it.
  public KeyRing derived(String label) {
    return new KeyRing(keys.stream().map(key -> key.derived(label)).toList());
  }

  /// As `parse` reads it.
  public SecretBytes text() {
    List<byte[]> parts = new ArrayList<>();
    for (FernetKey key : keys) {
      try (SecretBytes text = key.text()) {
        parts.add(text.copy());
      }
    }
    return KeyRingText.join(parts);
  }

  @Override
  public void close() {
    keys.forEach(FernetKey::close);
  }

  @Override
  public String toString() {
    return "KeyRing" + ids();
  }
}
