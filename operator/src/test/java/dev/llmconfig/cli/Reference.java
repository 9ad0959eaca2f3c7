package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The pages of `docs/reference`, whose parts between markers are made from the code itself.
/// `-Ddocs.update=true` rewrites them.
public final class Reference {

  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final Path COMMANDS = FOLDER.resolve("cli.md");
  private static final String END = "<!-- /generated -->";

  private Reference() {}

  static void expect(String part, String content) {
    expect(COMMANDS, part, content);
  }

  public static void expect(Path file, String part, String content) {
    String start = "<!-- generated: " + part + " -->\n";
    String document = read(file);
    int from = document.indexOf(start);
    assertThat(from).as("the marker `%s` in %s", start.strip(), file).isNotNegative();
    int to = document.indexOf(END, from);
    String found = document.substring(from + start.length(), to);
    if (Boolean.getBoolean("docs.update") && !found.equals(content)) {
      write(file, document.substring(0, from + start.length()) + content + document.substring(to));
      return;
    }
    assertThat(found)
        .as("%s, part %s (-Ddocs.update=true rewrites it)", file, part)
        .isEqualTo(content);
  }

  public static Path page(String name) {
    return FOLDER.resolve(name);
  }

  /// A text as one cell of a table; what is between backticks stays as it is.
  public static String cell(String text) {
    var parts = text.replace("|", "\\|").split("`", -1);
    for (var at = 0; at < parts.length; at += 2) {
      parts[at] = parts[at].replace("<", "&lt;");
    }
    return String.join("`", parts);
  }

  static String read() {
    return read(COMMANDS);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static void write(Path file, String document) {
    try {
      Files.writeString(file, document);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
