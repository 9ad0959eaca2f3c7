package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `examples/compose/`, as far as it goes without a container engine: the process of the service is
/// started with its own words. That an image runs like this is in `ImageIT`.
class ComposeExampleTest {

  static final Set<String> RUN = Set.of("compose");

  private static final Path ORIGINAL = Example.original("compose");

  @TempDir Path folder;
  @TempDir Path programs;

  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void theContainerCanWriteItsDataAndNothingElse(String environment) throws IOException {
    var compose = Compose.read(ORIGINAL, environment);
    var service = compose.service();

    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(service.path("cap_drop").path(0).asText()).isEqualTo("ALL");
    assertThat(service.path("security_opt").path(0).asText()).isEqualTo("no-new-privileges:true");
    assertThat(service.path("tmpfs").path(0).asText()).isEqualTo("/tmp");
    assertThat(compose.mounts())
        .containsOnlyKeys("/data", "/run/secrets/encryption-key", "/run/secrets/token");
    assertThat(compose.mounts().values())
        .as("nothing is shared between environments")
        .allMatch(source -> source.startsWith("./" + environment + "/"));
    assertThat(compose.environment().keySet()).allMatch(name -> name.endsWith("_FILE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void itsPortIsThatOfThisMachineAlone(String environment) throws IOException {
    var compose = Compose.read(ORIGINAL, environment);
    var ports = compose.service().path("ports").path(0).asText();
    var port = ports.substring(ports.lastIndexOf(':') + 1);

    assertThat(ports).isEqualTo("127.0.0.1:%s:%s", port, port);
    assertThat(compose.service().path("command"))
        .extracting(word -> word.asText())
        .contains("--listen=0.0.0.0:" + port);
  }

  @Test
  void itsImageIsThatOfTheChart() throws IOException {
    var chart = Document.root().resolve("helm/llm-config-operator");
    var yaml = new YAMLMapper();

    assertThat(Compose.read(ORIGINAL, "dev").service().path("image").asText())
        .isEqualTo(
            yaml.readTree(chart.resolve("values.yaml").toFile()).at("/image/repository").asText()
                + ":"
                + yaml.readTree(chart.resolve("Chart.yaml").toFile()).path("appVersion").asText());
  }

  @Test
  void everyArgumentAndVariableIsOneOfTheCommand() throws IOException {
    var compose = Compose.read(ORIGINAL, "prod");
    var page = Files.readString(Document.root().resolve("docs/reference/cli.md"));
    var options = page.split("### `llmconfig standalone`\n", 2)[1].split("\n### ", 2)[0];

    assertThat(compose.service().path("command").path(0).asText()).isEqualTo("standalone");
    assertThat(compose.service().path("command").valueStream().skip(1))
        .allSatisfy(
            word -> assertThat(options).contains("| `" + word.asText().split("=", 2)[0] + " "));
    assertThat(compose.environment().keySet())
        .allSatisfy(name -> assertThat(options).contains(name));
  }

  /// The page from its beginning, and the keys of one environment in another one.
  @Test
  @Timeout(180)
  void eachEnvironmentServesWithItsOwnKeyAndToken() throws Exception {
    for (var file : Example.files(ORIGINAL)) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    var page = Document.read(ORIGINAL.resolve("README.md"));
    var steps = page.steps();
    assertThat(page.blocks("console"))
        .singleElement()
        .asString()
        .endsWith("docker compose --env-file dev.env up\n");
    try (var reader = new OwnMachineReader(folder, programs)) {
      reader.run(steps.getFirst().commands());
      for (var environment : List.of("prod", "staging", "dev")) {
        var said = reader.serve(Compose.read(folder, environment).command());
        assertThat(said).doesNotContain("back this file up");
      }

      assertThat(reader.run(steps.getLast().commands().replace(":8081", ":8080")))
          .contains("\"user\":\"admin\"");
      reader.run(
          """
          curl -sS --fail -H @dev/headers -H 'Content-Type: application/json' -d \
          '{"name": "echo", "provider": "Echo", "key": "sk-of-dev-0123456789"}' \
          http://localhost:8080/api/config/api-keys\
          """);
      reader.stop();
      assertThat(folder.resolve("dev/data/.encryption_key")).doesNotExist();

      var other =
          Compose.read(folder, "dev").command().replace("./dev/encryption", "./prod/encryption");
      assertThat(reader.run(other + " || echo \"exit code $?\""))
          .contains("InvalidEncryptionKey")
          .endsWith("exit code 78\n");
    }
  }
}
