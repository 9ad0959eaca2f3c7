package dev.llmconfig.crypto;

import java.util.Arrays;

/// The text of a provider's key as people paste it: what surrounds it is trimmed, what would break
/// an HTTP header (and end up in the text of an exception) is refused, nothing is ever echoed
/// (traps K4).
public sealed interface KeyText {

  int LONGEST = 4096;

  /// A key that fits a header; `trimmed` when something around it was taken away, to be said aloud.
  record Usable(SecretBytes key, boolean trimmed) implements KeyText {}

  record Empty() implements KeyText {}

  record Malformed(Flaw flaw) implements KeyText {}

  enum Flaw {
    NotAscii("has a character outside ASCII"),
    ControlCharacter("has a control character inside"),
    InnerWhitespace("has whitespace inside"),
    TooLong("is longer than " + LONGEST + " bytes");

    private final String clause;

    Flaw(String clause) {
      this.clause = clause;
    }

    /// Completes the sentence `The key …`.
    public String clause() {
      return clause;
    }
  }

  /// The caller keeps the given array, and wipes it.
  static KeyText of(byte[] raw) {
    byte[] key = trim(raw, 0, raw.length);
    if (key.length == 0) {
      return new Empty();
    }
    for (Flaw flaw : Flaw.values()) {
      if (has(flaw, key)) {
        Arrays.fill(key, (byte) 0);
        return new Malformed(flaw);
      }
    }
    return new Usable(SecretBytes.taking(key), key.length != raw.length);
  }

  private static boolean has(Flaw flaw, byte[] key) {
    if (flaw == Flaw.TooLong) {
      return key.length > LONGEST;
    }
    for (byte b : key) {
      boolean found =
          switch (flaw) {
            case NotAscii -> b < 0;
            case ControlCharacter -> (b < 0x20 && !whitespace(b)) || b == 0x7f;
            case InnerWhitespace -> whitespace(b);
            case TooLong -> false;
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  /// Takes whitespace, quotes and what editors and web pages add unseen from both ends.
  static byte[] trim(byte[] text, int from, int to) {
    int start = from;
    int end = to;
    for (int step = 1; step > 0; ) {
      step = Surrounding.lengthAtStart(text, start, end);
      start += step;
    }
    for (int step = 1; step > 0; ) {
      step = Surrounding.lengthAtEnd(text, start, end);
      end -= step;
    }
    return Arrays.copyOfRange(text, start, end);
  }

  private static boolean whitespace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
