package dev.llmconfig.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What the sealed-secrets controller does with its private key.
final class Unsealing {

  private final RSAPrivateKey key;

  Unsealing(RSAPrivateKey key) {
    this.key = key;
  }

  static Unsealing withPkcs8(byte[] der) throws GeneralSecurityException {
    return new Unsealing(
        (RSAPrivateKey)
            KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
  }

  byte[] open(String sealed, byte[] label) throws GeneralSecurityException {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
    byte[] wrapped = new byte[Short.toUnsignedInt(bytes.getShort())];
    bytes.get(wrapped);
    byte[] ciphertext = new byte[bytes.remaining()];
    bytes.get(ciphertext);
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
    rsa.init(Cipher.DECRYPT_MODE, key, SealedBox.oaep(label));
    Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
    aes.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(rsa.doFinal(wrapped), "AES"),
        new GCMParameterSpec(128, new byte[12]));
    return aes.doFinal(ciphertext);
  }
}
