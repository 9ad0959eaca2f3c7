package dev.llmconfig.crypto;

import java.nio.charset.StandardCharsets;

/// Text to secret bytes and back, which only tests may do.
public final class Secrets {

  private Secrets() {}

  public static SecretBytes secret(String text) {
    return SecretBytes.taking(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String text(SecretBytes secret) {
    return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
