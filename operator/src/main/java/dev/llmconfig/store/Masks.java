package dev.llmconfig.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What masks are made of, and keys never.
final class Masks {
  private static final List<byte[]> SIGNS =
      List.of(utf8("***"), utf8("\u2022"), utf8("\u25cf"), utf8("\u2026"));

  private Masks() {}

  static boolean in(byte[] text) {
    return SIGNS.stream().anyMatch(sign -> contains(text, sign));
  }

  private static boolean contains(byte[] text, byte[] sign) {
    for (var at = 0; at + sign.length <= text.length; at++) {
      if (Arrays.equals(text, at, at + sign.length, sign, 0, sign.length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
