package dev.llmconfig.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `make image`, load it, `helm install`: that works with no value set only when both call the
/// image by one name.
class NamesTest {

  private static final Pattern VERSION =
      Pattern.compile("^  <version>(.*)</version>$", Pattern.MULTILINE);
  private static final Path CHART = Path.of("..", "helm", "llm-config-operator");

  @Test
  void theChartInstallsTheVersionThatIsBuilt() throws IOException {
    var pom = VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));

    assertThat(pom.find()).isTrue();
    assertThat(yaml("Chart.yaml").get("appVersion").asText()).isEqualTo(pom.group(1));
    assertThat(yaml("Chart.yaml").get("version").asText()).isEqualTo(pom.group(1));
  }

  @Test
  void theChartNamesTheImageAsItsBuildDoes() throws IOException {
    var name = new Properties();
    try (var file = Files.newBufferedReader(Path.of("src/main/image/name.properties"))) {
      name.load(file);
    }

    assertThat(name.getProperty("image"))
        .endsWith("/" + yaml("values.yaml").at("/image/repository").asText());
  }

  private static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper().readTree(Files.readString(CHART.resolve(file)));
  }
}
