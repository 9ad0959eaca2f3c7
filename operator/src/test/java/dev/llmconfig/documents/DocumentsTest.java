package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DocumentsTest {

  private static final Pattern MAKE = Pattern.compile("\\bmake ([a-z][a-z-]*)");
  private static final List<String> NO_TARGET = List.of("sure", "it", "one", "a", "the", "target");

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsToAFileAndToAHeadingInIt() {
    return Document.all().stream()
        .flatMap(document ->
            document.links().stream()
                .filter(link -> !link.contains("://"))
                .map(link ->
                    DynamicTest.dynamicTest(
                        document + " -> " + link, () -> assertLeadsSomewhere(document, link))));
  }

  private static void assertLeadsSomewhere(Document document, String link) {
    var parts = link.split("#", 2);
    var file = parts[0].isEmpty() ? document.file() : document.file().resolveSibling(parts[0]);
    assertThat(file).exists();
    if (parts.length == 2) {
      assertThat(Document.read(file).anchors()).contains(parts[1]);
    }
  }

  /// The references that are made from code have no commands but those of the command line.
  @TestFactory
  Stream<DynamicTest> everyPageWithCommandsIsFollowed() throws IOException {
    List<String> tests;
    try (var files = Files.walk(Path.of("src/test/java"))) {
      tests =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(DocumentsTest::text)
              .filter(text -> text.contains("@Test") || text.contains("class Reference "))
              .toList();
    }
    return Document.all().stream()
        .filter(document -> document.toString().startsWith("docs/"))
        .filter(document -> !document.blocks("sh").isEmpty())
        .map(document ->
            DynamicTest.dynamicTest(
                document.toString(),
                () ->
                    assertThat(tests)
                        .anyMatch(text -> text.contains(document.file().getFileName() + "\""))));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A number that was measured is written in one place, and repeated as it is.
  @Test
  void whatIsSaidOfScaleWasMeasured() {
    var measured = Document.read(Document.root().resolve("docs/benchmarks.md")).text();
    var page = Document.read(Document.root().resolve("docs/guides/scale.md")).text();
    var said =
        page.substring(page.indexOf("## What is measured"), page.indexOf("## Limits of obj"));
    var numbers =
        Pattern.compile("\\d[\\d.,]*\\d")
            .matcher(said)
            .results()
            .map(number -> number.group())
            .toList();

    assertThat(numbers).hasSizeGreaterThan(10).allMatch(measured::contains);
  }

  @Test
  void everyTargetThatADocumentNamesIsInTheMakefile() throws IOException {
    var makefile = Files.readString(Document.root().resolve("Makefile"));

    assertThat(Document.all())
        .allSatisfy(document ->
            assertThat(
                    Stream.concat(
                            document.blocks("sh").stream(),
                            Pattern.compile("`([^`\n]+)`")
                                .matcher(document.text())
                                .results()
                                .map(match -> match.group(1)))
                        .flatMap(text -> MAKE.matcher(text).results().map(match -> match.group(1)))
                        .filter(target -> !NO_TARGET.contains(target)))
                .allSatisfy(
                    target -> assertThat(makefile).containsPattern("(?m)^" + target + ":")));
  }

  @Test
  void everyTargetHasASentenceInTheHelp() throws IOException {
    var makefile = Files.readString(Document.root().resolve("Makefile"));
    var targets =
        Pattern.compile("(?m)^\\.PHONY: (.*)$")
            .matcher(makefile)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);

    assertThat(targets.split(" ", -1))
        .allSatisfy(target ->
            assertThat(makefile).containsPattern("(?m)^" + target + ":[^\n]*## [A-Z].*\\.$"));
  }
}
