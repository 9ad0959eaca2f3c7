package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `docs/reference/cli.md`, whose parts between markers are made from the commands themselves.
/// `-Ddocs.update=true` rewrites them.
final class Reference {

  private static final Path FILE = Path.of("..", "docs", "reference", "cli.md");
  private static final String END = "<!-- /generated -->";

  private Reference() {}

  static void expect(String part, String content) {
    String start = "<!-- generated: " + part + " -->\n";
    String document = read();
    int from = document.indexOf(start);
    assertThat(from).as("the marker `%s` in %s", start.strip(), FILE).isNotNegative();
    int to = document.indexOf(END, from);
    String found = document.substring(from + start.length(), to);
    if (Boolean.getBoolean("docs.update") && !found.equals(content)) {
      write(document.substring(0, from + start.length()) + content + document.substring(to));
      return;
    }
    assertThat(found)
        .as("%s, part %s (-Ddocs.update=true rewrites it)", FILE, part)
        .isEqualTo(content);
  }

  static String read() {
    try {
      return Files.readString(FILE);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static void write(String document) {
    try {
      Files.writeString(FILE, document);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
