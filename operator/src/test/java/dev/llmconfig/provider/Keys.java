package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// Keys that look like those of a provider and open nothing.
public final class Keys {

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Keys() {}

  /// A key that makes the fake provider play a fixture.
  public static String playing(Provider provider, String fixture, RandomGenerator random) {
    String prefix = provider.keyPrefixes().stream().findFirst().orElse("");
    return prefix + "fx-" + fixture + "-" + letters(40, random);
  }

  public static String letters(int count, RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  static SecretBytes bytes(String key) {
    return SecretBytes.taking(key.getBytes(StandardCharsets.US_ASCII));
  }
}
