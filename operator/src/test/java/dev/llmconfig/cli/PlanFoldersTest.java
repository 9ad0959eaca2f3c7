package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every folder below `impact/` is a preview: `present` is in place, `change` would be applied, and
/// `out.txt` and `out.json` are what is said. `-Dgolden.update=true` rewrites both.
class PlanFoldersTest {

  private static final Path ROOT = Path.of("src/test/resources/impact");

  @TestFactory
  List<DynamicTest> previews() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .sorted()
          .map(folder ->
              DynamicTest.dynamicTest(folder.getFileName().toString(), () -> says(folder)))
          .toList();
    }
  }

  private static void says(Path folder) throws IOException {
    var text = run(folder);
    var json = run(folder, "-o", "json");
    assertThat(text.err()).isEmpty();
    assertThat(json.exitCode()).isEqualTo(text.exitCode());
    assertThat(text.out() + json.out()).doesNotContain("canary");
    expect(folder.resolve("out.txt"), text.out() + "exit code " + text.exitCode() + "\n");
    expect(folder.resolve("out.json"), json.out());
  }

  private static Run run(Path folder, String... more) {
    var arguments =
        new ArrayList<>(List.of("plan", "--manifests", folder.resolve("present").toString()));
    if (Files.exists(folder.resolve("change"))) {
      arguments.addAll(List.of("-f", folder.resolve("change").toString()));
    }
    arguments.addAll(List.of(more));
    return Run.of("", arguments.toArray(String[]::new));
  }

  private static void expect(Path file, String content) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, content);
    }
    assertThat(file).hasContent(content);
  }
}
