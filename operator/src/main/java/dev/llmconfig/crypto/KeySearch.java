package dev.llmconfig.crypto;

import java.util.Arrays;
import java.util.Base64;

/// Looks for a key in a JSON text that people never meant to hold one: as it is, and in base64. It
/// leaves no copy of the key behind: what it decodes is wiped, and the rest is compared in place.
public final class KeySearch {

  /// Below this a key is found only where it is a whole value: it could be part of any word.
  private static final int WORD = 8;

  private static final String HEX = "0123456789abcdef";

  private final String json;
  private final byte[] key;

  private KeySearch(String json, byte[] key) {
    this.json = json;
    this.key = key;
  }

  public static boolean finds(SecretBytes key, String json) {
    return key.use(bytes -> new KeySearch(json, bytes).anyValueHoldsIt());
  }

  /// A value or a name: whatever stands between two quotes.
  private boolean anyValueHoldsIt() {
    for (int from = json.indexOf('"') + 1; from > 0 && key.length > 0; ) {
      int to = end(from);
      if (inClear(from, to) || inBase64(from, to)) {
        return true;
      }
      from = json.indexOf('"', to + 1) + 1;
    }
    return false;
  }

  private int end(int from) {
    int at = from;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, json.length());
  }

  private boolean inClear(int from, int to) {
    if (key.length < WORD) {
      return matched(from, to) == to;
    }
    for (int at = from; at < to; at++) {
      if (matched(at, to) > 0) {
        return true;
      }
    }
    return false;
  }

  /// Where the key ends if it stands here; JSON may write any character of it in more than one way.
  private int matched(int from, int to) {
    int at = from;
    for (byte expected : key) {
      if (at >= to || character(at) != (expected & 0xff)) {
        return -1;
      }
      at += width(at);
    }
    return at;
  }

  private int character(int at) {
    if (json.charAt(at) != '\\' || at + 1 >= json.length()) {
      return json.charAt(at);
    }
    char escaped = json.charAt(at + 1);
    return escaped == 'u' ? hex(at + 2) : escaped;
  }

  private int hex(int at) {
    int value = 0;
    for (int digit = at; digit < at + 4; digit++) {
      int nibble =
          digit < json.length() ? HEX.indexOf(Character.toLowerCase(json.charAt(digit))) : -1;
      if (nibble < 0) {
        return -1;
      }
      value = value << 4 | nibble;
    }
    return value;
  }

  private int width(int at) {
    if (json.charAt(at) != '\\') {
      return 1;
    }
    return at + 1 < json.length() && json.charAt(at + 1) == 'u' ? 6 : 2;
  }

  private boolean inBase64(int from, int to) {
    byte[] encoded = new byte[to - from];
    byte[] decoded = new byte[encoded.length * 3 / 4 + 3];
    try {
      for (int at = 0; at < encoded.length; at++) {
        encoded[at] = (byte) json.charAt(from + at);
      }
      int length = Base64.getDecoder().decode(encoded, decoded);
      return holds(decoded, length);
    } catch (IllegalArgumentException _) {
      return false; // no base64
    } finally {
      Arrays.fill(encoded, (byte) 0);
      Arrays.fill(decoded, (byte) 0);
    }
  }

  private boolean holds(byte[] text, int length) {
    if (key.length < WORD) {
      return length == key.length && standsAt(0, text);
    }
    for (int at = 0; at + key.length <= length; at++) {
      if (standsAt(at, text)) {
        return true;
      }
    }
    return false;
  }

  /// Looks at every byte, so that the time it takes tells nothing of the key.
  private boolean standsAt(int from, byte[] text) {
    int difference = 0;
    for (int at = 0; at < key.length; at++) {
      difference |= text[from + at] ^ key[at];
    }
    return difference == 0;
  }
}
