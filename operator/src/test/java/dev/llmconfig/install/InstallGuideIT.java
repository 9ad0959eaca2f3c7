package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The values that the guide shows are values that the chart takes.
class InstallGuideIT {

  private static final Path GUIDE = Path.of("../docs/guides/install.md");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyBlockOfValuesRenders() throws IOException {
    var blocks =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(Files.readString(GUIDE))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
    return blocks.stream()
        .map(block ->
            DynamicTest.dynamicTest(
                block,
                () ->
                    assertThat(
                            Chart.in(folder, "llm-config", "llm-config")
                                .objects(Yaml.documents(block).getFirst()))
                        .isNotEmpty()));
  }
}
