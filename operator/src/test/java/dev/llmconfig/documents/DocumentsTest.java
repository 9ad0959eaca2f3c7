package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
  Stream<DynamicTest> everyLinkLeadsToAFile() {
    return Document.all().stream()
        .flatMap(document ->
            document.links().stream()
                .filter(link -> !link.contains("://") && !link.startsWith("#"))
                .map(link ->
                    DynamicTest.dynamicTest(
                        document + " -> " + link,
                        () ->
                            assertThat(document.file().resolveSibling(link.replaceAll("#.*", "")))
                                .exists())));
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
