package dev.llmconfig.crypto;

import java.security.SecureRandom;

/// The one source of randomness for keys and initialisation vectors.
final class Randomness {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Randomness() {}

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
