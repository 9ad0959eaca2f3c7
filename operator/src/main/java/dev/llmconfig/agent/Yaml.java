package dev.llmconfig.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// YAML that remembers its lines, because a person who wrote a profile must be told where it is
/// wrong. Only what a profile needs: one document, no aliases (a few lines of them can mean
/// gigabytes), everything scalar as the text that was written.
sealed interface Yaml {

  int LONGEST = 64 * 1024;

  int line();

  record Text(String value, int line) implements Yaml {}

  /// `~`, or nothing after the colon.
  record Nothing(int line) implements Yaml {}

  record Items(List<Yaml> items, int line) implements Yaml {}

  record Fields(List<Field> fields, int line) implements Yaml {}

  record Field(String name, Yaml value, int line) {}

  /// Why a text is not YAML that we read.
  final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;

    Unreadable(int line, String sentence) {
      super(sentence);
      this.line = line;
    }

    int line() {
      return line;
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  static Yaml read(String text) throws Unreadable {
    if (text.length() > LONGEST) {
      throw new Unreadable(1, "The file is longer than %d characters.".formatted(LONGEST));
    }
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new Unreadable(1, "The file is empty.");
      }
      Yaml document = value(parser);
      if (parser.nextToken() != null) {
        throw new Unreadable(
            line(parser), "The file has a second document; a profile file has one.");
      }
      return document;
    } catch (JsonProcessingException broken) {
      int line = broken.getLocation() == null ? 1 : Math.max(1, broken.getLocation().getLineNr());
      throw new Unreadable(
          line, "This is not YAML; look at the indentation, colons and quotes of this line.");
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  private static Yaml value(YAMLParser parser) throws IOException, Unreadable {
    int line = line(parser);
    if (parser.isCurrentAlias()) {
      throw new Unreadable(line, "Aliases are not read in a profile; write the value out.");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser, line);
      case START_ARRAY -> items(parser, line);
      case VALUE_NULL -> new Nothing(line);
      default -> new Text(parser.getText(), line);
    };
  }

  private static Yaml fields(YAMLParser parser, int line) throws IOException, Unreadable {
    var fields = new ArrayList<Field>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int at = line(parser);
      parser.nextToken();
      fields.add(new Field(name, value(parser), at));
    }
    return new Fields(List.copyOf(fields), line);
  }

  private static Yaml items(YAMLParser parser, int line) throws IOException, Unreadable {
    var items = new ArrayList<Yaml>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Items(List.copyOf(items), line);
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
