package dev.llmconfig.store.local;

import dev.llmconfig.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a `.env` file sets, as far as anybody here wants to know. Its values may be keys, so they
/// stay bytes and no complaint repeats one.
///
/// @param values those that were asked for; of two lines for one name the later counts
/// @param lines where each was found
record EnvFile(Map<String, SecretBytes> values, Map<String, Integer> lines)
    implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  private static final String EXPORT = "export ";
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  EnvFile {
    values = Map.copyOf(values);
    lines = Map.copyOf(lines);
  }

  /// A line that means nothing.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    Malformed(int line, String sentence) {
      super(sentence);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  /// @param wanted the only names whose values are kept
  static EnvFile parse(byte[] content, Set<String> wanted) throws Malformed {
    var values = new HashMap<String, SecretBytes>();
    var lines = new HashMap<String, Integer>();
    var number = 0;
    try {
      for (var line : split(content)) {
        number++;
        var from = blanks(line.from(), line.to(), content);
        if (from == line.to() || content[from] == '#') {
          continue;
        }
        var equals = indexOf('=', from, line.to(), content);
        var name = name(from, equals, number, content);
        if (wanted.contains(name)) {
          var old =
              values.put(name, SecretBytes.taking(value(equals + 1, line.to(), number, content)));
          if (old != null) {
            old.close();
          }
          lines.put(name, number);
        }
      }
    } catch (Malformed malformed) {
      values.values().forEach(SecretBytes::close);
      throw malformed;
    }
    return new EnvFile(values, lines);
  }

  @Override
  public void close() {
    values.values().forEach(SecretBytes::close);
  }

  private record Line(int from, int to) {}

  private static List<Line> split(byte[] content) {
    var lines = new ArrayList<Line>();
    var marked =
        content.length >= BYTE_ORDER_MARK.length
            && content[0] == BYTE_ORDER_MARK[0]
            && content[1] == BYTE_ORDER_MARK[1]
            && content[2] == BYTE_ORDER_MARK[2];
    var from = marked ? BYTE_ORDER_MARK.length : 0;
    for (var at = from; at <= content.length; at++) {
      if (at == content.length || content[at] == '\n') {
        lines.add(new Line(from, at > from && content[at - 1] == '\r' ? at - 1 : at));
        from = at + 1;
      }
    }
    return lines;
  }

  private static String name(int from, int equals, int line, byte[] content) throws Malformed {
    if (equals < 0) {
      throw new Malformed(line, "is no line of the form NAME=value");
    }
    var text = new String(content, from, equals - from, StandardCharsets.UTF_8).strip();
    var name = text.startsWith(EXPORT) ? text.substring(EXPORT.length()).strip() : text;
    if (!NAME.matcher(name).matches()) {
      throw new Malformed(line, "has no name of a variable before its =");
    }
    return name;
  }

  /// What stands in quotes, or up to a comment.
  private static byte[] value(int from, int to, int line, byte[] content) throws Malformed {
    var start = blanks(from, to, content);
    if (start == to) {
      return new byte[0];
    }
    var quote = content[start];
    if (quote == '"' || quote == '\'') {
      var end = indexOf((char) quote, start + 1, to, content);
      if (end < 0) {
        throw new Malformed(line, "begins a value with a quote and does not end it");
      }
      var after = blanks(end + 1, to, content);
      if (after < to && content[after] != '#') {
        throw new Malformed(line, "goes on after the closing quote");
      }
      return copy(start + 1, end, content);
    }
    var end = to;
    for (var at = start; at < to; at++) {
      if (content[at] == '#' && (at == start || blank(content[at - 1]))) {
        end = at;
        break;
      }
    }
    while (end > start && blank(content[end - 1])) {
      end--;
    }
    return copy(start, end, content);
  }

  private static byte[] copy(int from, int to, byte[] content) {
    var bytes = new byte[to - from];
    System.arraycopy(content, from, bytes, 0, bytes.length);
    return bytes;
  }

  private static int blanks(int from, int to, byte[] content) {
    var at = from;
    while (at < to && blank(content[at])) {
      at++;
    }
    return at;
  }

  private static boolean blank(byte one) {
    return one == ' ' || one == '\t';
  }

  private static int indexOf(char sign, int from, int to, byte[] content) {
    for (var at = from; at < to; at++) {
      if (content[at] == sign) {
        return at;
      }
    }
    return -1;
  }
}
