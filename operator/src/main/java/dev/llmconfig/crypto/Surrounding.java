package dev.llmconfig.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is found around a pasted key and is never part of one, in UTF-8.
final class Surrounding {

  private static final List<byte[]> MARKS =
      Stream.of(
              " ", "\t", "\n", "\u000b", "\f", "\r", // whitespace
              "\"", "'", "`", // quotes
              "\u201c", "\u201d", "\u2018", "\u2019", "\u00ab", "\u00bb", // typographic ones
              "\u00a0", "\u202f", "\u3000", // spaces that look like one
              "\u200b", "\u2060", "\ufeff") // zero width, and the byte order mark
          .map(mark -> mark.getBytes(StandardCharsets.UTF_8))
          .sorted(Comparator.comparingInt(mark -> -mark.length))
          .toList();

  private Surrounding() {}

  static int lengthAtStart(byte[] text, int start, int end) {
    for (byte[] mark : MARKS) {
      if (end - start >= mark.length && at(text, start, mark)) {
        return mark.length;
      }
    }
    return 0;
  }

  static int lengthAtEnd(byte[] text, int start, int end) {
    for (byte[] mark : MARKS) {
      if (end - start >= mark.length && at(text, end - mark.length, mark)) {
        return mark.length;
      }
    }
    return 0;
  }

  private static boolean at(byte[] text, int from, byte[] mark) {
    return Arrays.mismatch(text, from, from + mark.length, mark, 0, mark.length) < 0;
  }
}
