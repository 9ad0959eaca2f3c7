package dev.llmconfig.crypto;

import dev.llmconfig.api.SealingScope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/// Seals a value for the sealed-secrets controller, as `kubeseal --raw` does: a session key under
/// RSA-OAEP, the value under AES-256-GCM. Only the controller can open it, and only where the scope
/// allows it, because the scope is the label of the RSA part.
public final class SealedBox {

  private static final int SESSION_KEY = 32;
  private static final int TAG_BITS = 128;

  /// A session key is used once, so the nonce may be the same each time.
  private static final byte[] ZERO_NONCE = new byte[12];

  private final RSAPublicKey controller;

  SealedBox(RSAPublicKey controller) {
    this.controller = controller;
  }

  /// The sealed value in the base64 that a SealedSecret carries.
  public String seal(SecretBytes value, SealingScope scope, String namespace, String secret) {
    byte[] sessionKey = Randomness.bytes(SESSION_KEY);
    try {
      byte[] wrapped = wrap(sessionKey, label(scope, namespace, secret));
      byte[] sealed = value.use(bytes -> encrypt(sessionKey, bytes));
      return Base64.getEncoder()
          .encodeToString(
              ByteBuffer.allocate(Short.BYTES + wrapped.length + sealed.length)
                  .putShort((short) wrapped.length)
                  .put(wrapped)
                  .put(sealed)
                  .array());
    } finally {
      Arrays.fill(sessionKey, (byte) 0);
    }
  }

  static byte[] label(SealingScope scope, String namespace, String secret) {
    String label =
        switch (scope) {
          case Strict -> namespace + "/" + secret;
          case NamespaceWide -> namespace;
          case ClusterWide -> "";
        };
    return label.getBytes(StandardCharsets.UTF_8);
  }

  /// Spelled out, because the JDK's `OAEPWithSHA-256AndMGF1Padding` means MGF1 with SHA-1.
  static OAEPParameterSpec oaep(byte[] label) {
    return new OAEPParameterSpec(
        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label));
  }

  private byte[] wrap(byte[] sessionKey, byte[] label) {
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
      rsa.init(Cipher.ENCRYPT_MODE, controller, oaep(label));
      return rsa.doFinal(sessionKey);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this JDK has no working RSA-OAEP", broken);
    }
  }

  private static byte[] encrypt(byte[] sessionKey, byte[] value) {
    try {
      Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(sessionKey, "AES"),
          new GCMParameterSpec(TAG_BITS, ZERO_NONCE));
      return aes.doFinal(value);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this JDK has no working AES-GCM", broken);
    }
  }
}
