package dev.llmconfig.crypto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Names for keys that change when the key does and say nothing about it: HMAC-SHA-256 under a key
/// that is made once per installation and is not rotated (traps K10).
public final class Fingerprints implements AutoCloseable {

  private static final byte[] INSTALLATION = "installation".getBytes(StandardCharsets.US_ASCII);

  private final SecretBytes key;

  private Fingerprints(byte[] key) {
    this.key = SecretBytes.taking(key);
  }

  public static Fingerprints generate() {
    return new Fingerprints(Randomness.bytes(FernetKey.BYTES));
  }

  /// The fingerprint key has the form of a Fernet key, so that `llmconfig keygen` makes both.
  public static Optional<Fingerprints> parse(byte[] text) {
    return Base64Url.decode(KeyText.trim(text, 0, text.length))
        .filter(bytes -> bytes.length == FernetKey.BYTES)
        .map(Fingerprints::new);
  }

  /// As `parse` reads it.
  public SecretBytes text() {
    return SecretBytes.taking(key.use(Base64Url::encode));
  }

  /// For the status: `hmac:` and 16 hex digits.
  public String fingerprint(SecretBytes plaintext) {
    return "hmac:" + hex(plaintext, 16);
  }

  /// The revision of a key: `r-` and 10 hex digits.
  public String revision(SecretBytes plaintext) {
    return "r-" + hex(plaintext, 10);
  }

  /// 12 hex digits that all replicas share, for cookie names and the loop guard.
  public String installationId() {
    return hex(INSTALLATION, 12);
  }

  private String hex(SecretBytes plaintext, int digits) {
    return plaintext.use(bytes -> hex(bytes, digits));
  }

  private String hex(byte[] message, int digits) {
    byte[] mac = key.use(bytes -> Hmac.sha256(bytes, message));
    return HexFormat.of().formatHex(mac, 0, digits / 2);
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "Fingerprints[installation=" + installationId() + "]";
  }
}
