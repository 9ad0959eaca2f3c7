package dev.llmconfig.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// How a key is shown to people: `sk-***3f9c`, and nothing but stars for a short one, where four
/// characters would be much of the secret (traps K5).
public final class Mask {

  /// Prefixes that providers publish, so that showing them tells nothing.
  private static final List<String> PUBLIC_PREFIXES =
      Stream.of(
              "sk-",
              "sk-proj-",
              "sk-svcacct-",
              "sk-ant-api",
              "sk-or-v1-", // OpenAI and namesakes
              "AIza",
              "AQ.", // Google
              "bedrock-api-key-",
              "ABSK", // AWS
              "gsk_",
              "xai-",
              "fw_",
              "pplx-")
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();

  private static final String STARS = "***";
  private static final int SHORTEST_SHOWN = 20;
  private static final int TAIL = 4;

  /// However long a public prefix is, this much of a key stays unseen.
  private static final int HIDDEN_AT_LEAST = 8;

  private Mask() {}

  public static String of(SecretBytes key) {
    return key.use(Mask::of);
  }

  private static String of(byte[] key) {
    if (key.length < SHORTEST_SHOWN || !printable(key)) {
      return STARS;
    }
    String tail = ascii(Arrays.copyOfRange(key, key.length - TAIL, key.length));
    return prefix(key) + STARS + tail;
  }

  private static String prefix(byte[] key) {
    return PUBLIC_PREFIXES.stream()
        .filter(prefix -> key.length - TAIL - prefix.length() >= HIDDEN_AT_LEAST)
        .filter(prefix -> prefix.equals(ascii(Arrays.copyOf(key, prefix.length()))))
        .findFirst()
        .orElse("");
  }

  private static boolean printable(byte[] key) {
    for (byte b : key) {
      if (b <= ' ' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
