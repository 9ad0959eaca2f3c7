package dev.llmconfig.install;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The values that the guide shows are values that the chart takes.
class InstallGuideIT {

  private static final Path GUIDE = Path.of("../docs/guides/install.md");

  @TempDir Path folder;

  @Test
  void everyPlaceThatCanBeWrittenToIsOnThePage() throws IOException {
    var section =
        Files.readString(GUIDE)
            .split("\n## What is written in the pod\n", 2)[1]
            .split("\n## ", 2)[0];
    TreeSet<String> told =
        Pattern.compile("(?m)^\\| `(/[^`]+)` \\| ([^|]+) \\|")
            .matcher(section)
            .results()
            .flatMap(
                row -> Stream.of(row.group(2).split(", ")).map(name -> name + " " + row.group(1)))
            .collect(toCollection(TreeSet::new));
    var deployment =
        Chart.in(folder, "llm-config", "llm-config")
            .objects(Yaml.documents("usage: {persistence: {enabled: true}}").getFirst())
            .stream()
            .filter(object -> ValueSet.id(object).equals("Deployment/llm-config"))
            .findFirst()
            .orElseThrow();
    var containers = deployment.at("/spec/template/spec/containers");

    assertThat(containers)
        .allSatisfy(container ->
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue());
    var places = new TreeSet<String>();
    containers.forEach(container -> writable(container).forEach(places::add));
    assertThat(places).isNotEmpty().isEqualTo(told);
  }

  private static Stream<String> writable(JsonNode container) {
    return container
        .path("volumeMounts")
        .valueStream()
        .filter(mount -> !mount.path("readOnly").asBoolean())
        .map(mount -> container.path("name").asText() + " " + mount.path("mountPath").asText());
  }

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
