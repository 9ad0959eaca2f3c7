package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every folder below `plan/` is one decision about one key, in and out. `-Dgolden.update=true`
/// rewrites what comes out; the difference is reviewed like code.
class KeyGoldenTest {

  private static final Path SCENARIOS = Path.of("src/test/resources/plan");

  @TestFactory
  Stream<DynamicNode> scenarios() throws IOException {
    return folders().stream()
        .map(folder ->
            DynamicContainer.dynamicContainer(folder.getFileName().toString(), tests(folder)));
  }

  @Test
  void thereAreScenarios() throws IOException {
    assertThat(folders()).hasSizeGreaterThan(20);
  }

  private static Stream<DynamicTest> tests(Path folder) {
    try {
      var scenario = new KeyScenario(folder);
      var outputs = scenario.outputs();
      if (Boolean.getBoolean("golden.update")) {
        for (var old : files(folder, "out-")) {
          Files.delete(folder.resolve(old));
        }
        for (var output : outputs.entrySet()) {
          Files.writeString(folder.resolve(output.getKey()), output.getValue());
        }
      }
      var unused = files(folder, "");
      unused.removeAll(scenario.used());
      unused.removeAll(outputs.keySet());
      return Stream.concat(
          Stream.of(
              DynamicTest.dynamicTest("every file is used", () -> assertThat(unused).isEmpty())),
          outputs.entrySet().stream()
              .map(output ->
                  DynamicTest.dynamicTest(
                      output.getKey(),
                      () ->
                          assertThat(folder.resolve(output.getKey()))
                              .hasContent(output.getValue()))));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<Path> folders() throws IOException {
    try (var all = Files.list(SCENARIOS)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Set<String> files(Path folder, String prefix) throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
  }
}
