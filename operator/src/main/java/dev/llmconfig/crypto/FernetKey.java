package dev.llmconfig.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One Fernet key: 128 bits that sign and 128 bits that encrypt, written as 44 characters of padded
/// base64url.
public final class FernetKey implements AutoCloseable {

  static final int BYTES = 32;
  static final int CHARACTERS = 44;

  private static final byte[] ID_DOMAIN =
      "llmconfig encryption key id".getBytes(StandardCharsets.US_ASCII);

  private final SecretBytes bytes;
  private final KeyId id;

  private FernetKey(byte[] bytes) {
    this.bytes = SecretBytes.taking(bytes);
    this.id = new KeyId("k-" + HexFormat.of().formatHex(Hmac.sha256(bytes, ID_DOMAIN), 0, 4));
  }

  public static FernetKey generate() {
    return new FernetKey(Randomness.bytes(BYTES));
  }

  /// Empty for anything but the exact 44 characters.
  public static Optional<FernetKey> parse(byte[] text) {
    return text.length == CHARACTERS
        ? Base64Url.decode(text).filter(bytes -> bytes.length == BYTES).map(FernetKey::new)
        : Optional.empty();
  }

  public KeyId id() {
    return id;
  }

  /// The 44 characters, for the one place where a key may be written.
  public SecretBytes text() {
    return SecretBytes.taking(bytes.use(Base64Url::encode));
  }

  SecretKeySpec signing() {
    return bytes.use(all -> Hmac.key(all, 0, 16));
  }

  SecretKeySpec encrypting() {
    return bytes.use(all -> new SecretKeySpec(all, 16, 16, "AES"));
  }

  /// Another key that only whoever has this one can make, for another purpose (HKDF, RFC 5869).
  FernetKey derived(String label) {
    return new FernetKey(
        bytes.use(all -> {
          try {
            return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                    HKDFParameterSpec.ofExtract()
                        .addIKM(all)
                        .thenExpand(label.getBytes(StandardCharsets.UTF_8), BYTES));
          } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK has no working HKDF-SHA256", broken);
          }
        }));
  }

  boolean same(FernetKey other) {
    return bytes.equals(other.bytes);
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "FernetKey[" + id + "]";
  }
}
