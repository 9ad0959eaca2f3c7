package dev.llmconfig.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Markdown file of the repository.
record Document(Path file, String text) {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(?<language>\\w*)\\n(?<body>.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern HEADING = Pattern.compile("#{1,6} (?<title>.+)");
  private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\((?<target>[^)\\s]+)\\)");

  static Path root() {
    return ROOT;
  }

  static List<Document> all() {
    try (var top = Files.list(ROOT)) {
      return Stream.concat(
              top.filter(Files::isRegularFile),
              Stream.of("docs", "examples", "cluster", "bench", "helm")
                  .flatMap(name -> below(ROOT.resolve(name)).stream()))
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Document::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Document read(Path file) {
    try {
      return new Document(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The bodies of all blocks in this language.
  List<String> blocks(String language) {
    var bodies = new ArrayList<String>();
    var block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group("language").equals(language)) {
        bodies.add(block.group("body"));
      }
    }
    return bodies;
  }

  /// Its parts by the headings of the second level, in order.
  Map<String, Document> sections() {
    var sections = new LinkedHashMap<String, Document>();
    for (var section : text.split("(?m)^## ", -1)) {
      var parts = section.split("\n", 2);
      sections.put(parts[0], new Document(file, parts.length == 2 ? parts[1] : ""));
    }
    return sections;
  }

  /// What a reader does, in order, with what is printed then.
  List<Step> steps() {
    var steps = new ArrayList<Step>();
    var block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group("language")) {
        case "sh" -> steps.add(new Step(block.group("body"), ""));
        case "text" -> steps.add(new Step(steps.removeLast().commands(), block.group("body")));
        default -> {}
      }
    }
    return steps;
  }

  /// Commands, and the last that they print; empty where the document does not show it.
  record Step(String commands, String printed) {}

  List<String> links() {
    return LINK.matcher(text).results().map(match -> match.group("target")).toList();
  }

  /// Where a link into it can lead: its headings, in the form that they have in a browser.
  Set<String> anchors() {
    var anchors = new HashSet<String>();
    for (var line : BLOCK.matcher(text).replaceAll("").lines().toList()) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        var anchor =
            heading
                .group("title")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        var same = 0;
        while (!anchors.add(same == 0 ? anchor : anchor + "-" + same)) {
          same++;
        }
      }
    }
    return anchors;
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }

  private static List<Path> below(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
