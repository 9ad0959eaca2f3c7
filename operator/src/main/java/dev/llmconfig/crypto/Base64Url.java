package dev.llmconfig.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Padded base64url, as Fernet has it. The JDK's decoder lets spare bits and missing padding pass,
/// so that several texts would be one token; here only the one text that the encoder makes is read.
final class Base64Url {

  private Base64Url() {}

  static byte[] encode(byte[] bytes) {
    return Base64.getUrlEncoder().encode(bytes);
  }

  static Optional<byte[]> decode(byte[] text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    byte[] canonical = encode(bytes);
    boolean exact = MessageDigest.isEqual(canonical, text);
    Arrays.fill(canonical, (byte) 0);
    if (!exact) {
      Arrays.fill(bytes, (byte) 0);
      return Optional.empty();
    }
    return Optional.of(bytes);
  }

  static Optional<byte[]> decode(String text) {
    // What Latin-1 does not have becomes a question mark, which no alphabet of ours has.
    return decode(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
