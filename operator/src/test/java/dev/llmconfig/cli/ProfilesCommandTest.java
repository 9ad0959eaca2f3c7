package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesCommandTest {

  @Test
  void listsThemAll() {
    Run run = Run.of("", "profiles");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSizeGreaterThan(40);
    assertThat(run.out())
        .startsWith("PROFILE ")
        .containsPattern("(?m)^openai@1 +OpenAI +ChatCompletions +Env,Gateway +OpenAI SDK for");
    assertThat(run.out().lines()).noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void showsOneWithItsVariablesAndSources() {
    Run run = Run.of("", "profiles", "spring-ai-2");

    assertThat(run.out())
        .containsPattern("Profile: +spring-ai-2@1\n")
        .containsPattern("SPRING_AI_OPENAI_CHAT_TIMEOUT +\\{TimeoutSeconds}s\n")
        .containsPattern(
            "SPRING_AI_OPENAI_CHAT_MAX_TOKENS +MaxOutputTokens +where the model takes max_tokens\n")
        .contains("Sources:\n- META-INF/spring-configuration-metadata.json of the package\n")
        .contains("Shadowed by:\n- AZURE_OPENAI_BASE_URL\n");
  }

  @Test
  void printsTheFileAsItIs(@TempDir Path folder) throws IOException {
    String printed = Run.of("", "profiles", "goose", "-o", "yaml").out();
    Path file = folder.resolve("goose.yaml");
    Files.writeString(file, printed);

    Run own = Run.of("", "profiles", "goose", "-o", "yaml", "--profile-file", file.toString());

    assertThat(own.exitCode()).isZero();
    assertThat(own.out()).isEqualTo(printed).startsWith("schema: llmconfig.dev/profile/v1\n");
  }

  @Test
  void printsAllFilesAsDocuments() throws IOException {
    var yaml = new YAMLMapper();
    try (var documents =
        yaml.readerFor(com.fasterxml.jackson.databind.JsonNode.class)
            .<com.fasterxml.jackson.databind.JsonNode>readValues(
                Run.of("", "profiles", "-o", "yaml").out())) {
      assertThat(documents.readAll())
          .hasSizeGreaterThanOrEqualTo(40)
          .allMatch(document -> document.hasNonNull("id"));
    }
  }

  @Test
  void saysWhichNameMayBeMeant() {
    Run run = Run.of("", "profiles", "langchian");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "There is no profile of that name (is langchain meant?); `llmconfig profiles` lists"
                + " them.\n");
  }

  @Test
  void knowsTwoFormats() {
    Run run = Run.of("", "profiles", "-o", "json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("--output must be one of table, yaml.\n");
  }

  @Test
  void saysThatAFileCannotBeRead() {
    Run run = Run.of("", "profiles", "--profile-file", "/nowhere/acme.yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("The file of --profile-file cannot be read; correct the path.\n");
  }
}
