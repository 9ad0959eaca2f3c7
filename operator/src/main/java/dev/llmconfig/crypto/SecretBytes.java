package dev.llmconfig.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Bytes that nobody may read by accident: printed, it is only an id; compared, it takes constant
/// time; closed, it is zeroes. Wiping is best effort (traps K24): the JVM may have made copies.
public final class SecretBytes implements AutoCloseable {

  /// Ids hang on a key of this process, so that an id in a log can be matched with another line of
  /// the same log, and with nothing else.
  private static final byte[] PROCESS_KEY = Randomness.bytes(32);

  private final byte[] bytes;
  private volatile boolean wiped;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Takes the array over: the caller must not use or wipe it any more.
  public static SecretBytes taking(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /// The caller keeps its array, and wipes it.
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  public int length() {
    return alive().length;
  }

  /// Lends the array itself for the time of the call: it must be neither kept nor changed.
  public <R extends @Nullable Object> R use(Function<byte[], R> reader) {
    return reader.apply(alive());
  }

  /// A copy that the caller wipes.
  public byte[] copy() {
    return alive().clone();
  }

  private byte[] alive() {
    if (wiped) {
      throw new IllegalStateException("secret bytes were used after they were wiped");
    }
    return bytes;
  }

  @Override
  public void close() {
    wiped = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(alive(), that.alive());
  }

  /// Says nothing about the content: a hash of it would be a fingerprint without a key (traps K10).
  @Override
  public int hashCode() {
    return SecretBytes.class.hashCode();
  }

  @Override
  public String toString() {
    return wiped
        ? "SecretBytes[wiped]"
        : "SecretBytes[#" + HexFormat.of().formatHex(Hmac.sha256(PROCESS_KEY, bytes), 0, 4) + "]";
  }
}
