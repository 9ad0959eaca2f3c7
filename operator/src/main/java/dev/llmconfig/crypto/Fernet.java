package dev.llmconfig.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// The published Fernet format, version 0x80: `version ‖ timestamp ‖ IV ‖ AES-128-CBC ‖ HMAC`.
/// Whatever is wrong with a token, the answer is the same empty one (traps K19).
public final class Fernet {

  private static final byte VERSION = (byte) 0x80;
  private static final int IV_AT = 1 + 8;
  private static final int IV = 16;
  private static final int BLOCK = 16;
  private static final int MAC = 32;
  private static final int CIPHERTEXT_AT = IV_AT + IV;
  private static final int SHORTEST = CIPHERTEXT_AT + BLOCK + MAC;

  /// How far the clock that made a token may be ahead of ours, as in the specification's vectors.
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  /// How old a token may be, and what time it is.
  public record MaxAge(Duration ttl, Instant now) {}

  private Fernet() {}

  public static String encrypt(FernetKey key, byte[] message, Instant now) {
    return encrypt(key, message, now, Randomness.bytes(IV));
  }

  static String encrypt(FernetKey key, byte[] message, Instant now, byte[] iv) {
    byte[] ciphertext;
    try {
      ciphertext = cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(message);
    } catch (GeneralSecurityException broken) {
      throw brokenJdk(broken);
    }
    byte[] signed =
        ByteBuffer.allocate(CIPHERTEXT_AT + ciphertext.length)
            .put(VERSION)
            .putLong(now.getEpochSecond())
            .put(iv)
            .put(ciphertext)
            .array();
    byte[] mac = Hmac.sha256(key.signing(), signed);
    byte[] token = ByteBuffer.allocate(signed.length + MAC).put(signed).put(mac).array();
    return new String(Base64Url.encode(token), StandardCharsets.US_ASCII);
  }

  /// Opens a token of any age.
  public static Optional<SecretBytes> decrypt(FernetKey key, String token) {
    return decode(token).flatMap(bytes -> decrypt(key, bytes));
  }

  /// Opens a token that is neither older than allowed nor from the future.
  public static Optional<SecretBytes> decrypt(FernetKey key, String token, MaxAge age) {
    return decode(token)
        .filter(bytes -> timely(ByteBuffer.wrap(bytes).getLong(1), age))
        .flatMap(bytes -> decrypt(key, bytes));
  }

  /// The token's bytes where its form is right, whoever made it.
  static Optional<byte[]> decode(String token) {
    return Base64Url.decode(token)
        .filter(bytes ->
            bytes.length >= SHORTEST
                && (bytes.length - SHORTEST) % BLOCK == 0
                && bytes[0] == VERSION);
  }

  static Optional<SecretBytes> decrypt(FernetKey key, byte[] token) {
    return signedBy(key, token) ? plaintext(key, token) : Optional.empty();
  }

  private static boolean signedBy(FernetKey key, byte[] token) {
    int signed = token.length - MAC;
    byte[] expected = Hmac.sha256(key.signing(), Arrays.copyOf(token, signed));
    return MessageDigest.isEqual(expected, Arrays.copyOfRange(token, signed, token.length));
  }

  private static Optional<SecretBytes> plaintext(FernetKey key, byte[] token) {
    byte[] iv = Arrays.copyOfRange(token, IV_AT, CIPHERTEXT_AT);
    try {
      return Optional.of(
          SecretBytes.taking(
              cipher(Cipher.DECRYPT_MODE, key, iv)
                  .doFinal(token, CIPHERTEXT_AT, token.length - MAC - CIPHERTEXT_AT)));
    } catch (BadPaddingException refused) {
      return Optional.empty(); // only a holder of the key can get here
    } catch (GeneralSecurityException broken) {
      throw brokenJdk(broken);
    }
  }

  private static boolean timely(long made, MaxAge age) {
    long now = age.now().getEpochSecond();
    // The field is unsigned: what is negative here is thousands of centuries ahead.
    return made >= 0 && made <= now + CLOCK_SKEW.toSeconds() && now - made <= age.ttl().toSeconds();
  }

  private static Cipher cipher(int mode, FernetKey key, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(mode, key.encrypting(), new IvParameterSpec(iv));
    return cipher;
  }

  private static IllegalStateException brokenJdk(GeneralSecurityException cause) {
    return new IllegalStateException("this JDK has no working AES/CBC/PKCS5Padding", cause);
  }
}
