package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/// Every folder is one decision, in and out. `-Dgolden.update=true` rewrites what comes out; the
/// difference is reviewed like code.
final class GoldenFolders {

  /// One folder, read.
  interface Scenario {

    /// Every file that is an input, and was read.
    Set<String> used();

    /// By the name of the file.
    Map<String, String> outputs() throws IOException;
  }

  /// How a folder is read.
  interface Reader {
    Scenario read(Path folder) throws IOException;
  }

  private final Path root;
  private final Reader reader;

  GoldenFolders(String name, Reader reader) {
    this.root = Path.of("src/test/resources", name);
    this.reader = reader;
  }

  List<Path> folders() throws IOException {
    try (var all = Files.list(root)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  Stream<DynamicNode> tests() throws IOException {
    return folders().stream()
        .map(folder ->
            DynamicContainer.dynamicContainer(folder.getFileName().toString(), tests(folder)));
  }

  private Stream<DynamicTest> tests(Path folder) {
    try {
      var scenario = reader.read(folder);
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

  private static Set<String> files(Path folder, String prefix) throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
