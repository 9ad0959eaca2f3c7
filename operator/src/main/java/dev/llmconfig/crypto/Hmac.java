package dev.llmconfig.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256, which every JDK must have.
final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  private Hmac() {}

  static byte[] sha256(byte[] key, byte[]... parts) {
    return sha256(new SecretKeySpec(key, ALGORITHM), parts);
  }

  static SecretKeySpec key(byte[] bytes, int offset, int length) {
    return new SecretKeySpec(bytes, offset, length, ALGORITHM);
  }

  static byte[] sha256(SecretKeySpec key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this JDK has no working HmacSHA256", broken);
    }
  }
}
