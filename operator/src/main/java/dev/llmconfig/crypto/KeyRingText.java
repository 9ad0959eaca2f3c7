package dev.llmconfig.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A key ring as text. Its problems name the place of a key, never a character of it.
final class KeyRingText {

  private KeyRingText() {}

  static KeyRing.Parsed parse(byte[] text) {
    List<byte[]> entries = entries(text);
    List<FernetKey> keys = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int at = 0; at < entries.size(); at++) {
      String place = entries.size() == 1 ? "the key" : "key " + (at + 1) + " of " + entries.size();
      byte[] entry = entries.get(at);
      Optional<FernetKey> key = FernetKey.parse(entry);
      if (key.isEmpty()) {
        problems.add(place + " " + whatIsWrong(entry));
      } else if (keys.stream().anyMatch(key.get()::same)) {
        problems.add(place + " repeats an earlier one");
      } else {
        keys.add(key.get());
      }
      Arrays.fill(entry, (byte) 0);
    }
    if (problems.isEmpty() && !keys.isEmpty()) {
      return new KeyRing.Parsed.Valid(KeyRing.of(keys));
    }
    keys.forEach(FernetKey::close);
    return new KeyRing.Parsed.Invalid(problems.isEmpty() ? List.of("it holds no key") : problems);
  }

  /// Blank lines mean nothing; beside a comma something must stand, so that a key that was
  /// forgotten is noticed.
  private static List<byte[]> entries(byte[] text) {
    List<byte[]> entries = new ArrayList<>();
    for (byte[] part : split(text, ',')) {
      List<byte[]> lines =
          split(part, '\n').stream()
              .map(line -> KeyText.trim(line, 0, line.length))
              .filter(line -> line.length > 0)
              .toList();
      entries.addAll(lines.isEmpty() ? List.of(new byte[0]) : lines);
      Arrays.fill(part, (byte) 0);
    }
    boolean nothingAtAll = entries.size() == 1 && entries.getFirst().length == 0;
    return nothingAtAll ? List.of() : entries;
  }

  private static List<byte[]> split(byte[] text, char separator) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length; at++) {
      if (at == text.length || text[at] == separator) {
        parts.add(Arrays.copyOfRange(text, from, at));
        from = at + 1;
      }
    }
    return parts;
  }

  private static String whatIsWrong(byte[] entry) {
    if (entry.length == 0) {
      return "is empty: a comma has no key beside it";
    }
    for (byte b : entry) {
      if (b == '+' || b == '/') {
        return "is in standard base64 (it has + or /); a Fernet key uses - and _ instead";
      }
    }
    return "is not a Fernet key, which is 44 characters of base64url for 32 bytes: it has "
        + entry.length
        + " characters";
  }

  static SecretBytes join(List<byte[]> keys) {
    ByteBuffer text = ByteBuffer.allocate(keys.stream().mapToInt(key -> key.length + 1).sum() - 1);
    for (byte[] key : keys) {
      if (text.position() > 0) {
        text.put((byte) ',');
      }
      text.put(key);
      Arrays.fill(key, (byte) 0);
    }
    return SecretBytes.taking(text.array());
  }
}
