package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.store.Declared;
import dev.llmconfig.store.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects as people commit them.
@SuppressWarnings("NullAway.Init") // set before each test
class YamlTest {

  private static final String KEY = "/config/api-keys/agents.openai";
  private static final String CONFIG = "/config/model-configs/agents.support";
  private static final String YAML = "Accept: application/yaml";

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows(
        "viewer", "viewer", Right.of("get", "apikeyconfigs"), Right.of("get", "modelconfigs"));
    stage.review.knows(
        "jane", "jane", Right.of("get", "modelconfigs"), Right.of("patch", "modelconfigs"));
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(new Ref("agents", "openai"), "k1", 3)),
            List.of(Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5)),
            List.of(),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void anObjectIsToldAsItWouldBeCommitted() {
    var heard = stage.get("viewer", KEY, YAML);

    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.header("Content-Type")).isEqualTo("application/yaml");
    assertThat(heard.header("Vary")).contains("Accept,");
    assertThat(heard.header("x-llmconfig-mirror-age")).isNotEmpty();
    assertThat(heard.body())
        .isEqualTo(
            """
            ---
            apiVersion: "llmconfig.dev/v1alpha1"
            kind: "ApiKeyConfig"
            metadata:
              name: "openai"
              namespace: "agents"
            spec:
              displayName: "Key 3"
              provider: "OpenAI"
              secretRef:
                name: "openai"
            """);
    assertThat(stage.get("viewer", CONFIG, YAML).body()).contains("kind: \"ModelConfig\"");
    var etag = heard.header("ETag");
    assertThat(etag).startsWith("\"k1.3.");
    assertThat(stage.get("viewer", KEY, YAML + "\r\nIf-None-Match: " + etag).status())
        .isEqualTo(304);
    assertThat(stage.get("viewer", KEY, "If-None-Match: " + etag).status()).isEqualTo(200);
    assertThat(stage.get("", KEY, YAML).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/yaml;q=0.5, application/json",
        "application/yaml;q=0, */*",
        "application/problem+json"
      })
  void jsonIsWhatComesUnlessYamlIsNamed(String accept) {
    assertThat(stage.get("viewer", KEY, "Accept: " + accept).header("Content-Type"))
        .isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/yaml", "application/json, application/yaml", "APPLICATION/YAML"})
  void yamlHasSeveralNames(String accept) {
    assertThat(stage.get("viewer", KEY, "Accept: " + accept).header("Content-Type"))
        .isEqualTo("application/yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json;q=0", "image/*", "text/event-stream"})
  void whatThereIsNotIsSaid(String accept) {
    var heard = stage.get("viewer", KEY, "Accept: " + accept);
    assertThat(heard.status()).isEqualTo(406);
    assertThat(heard.json().path("reason").asText()).isEqualTo("NotAcceptable");
    assertThat(stage.get("viewer", "/providers", YAML).status()).isEqualTo(406);
  }

  @Test
  void aDryRunTellsWhatToCommitToWhoeverMayRead() {
    var spec = JsonNodeFactory.instance.objectNode().put("model", "gpt-5").put("a", 1);
    stage.store.says(
        new Outcome.Drafted(
            List.of(
                Declared.spec(
                    "llmconfig.dev/v1alpha1", "ModelConfig", new Ref("agents", "support"), spec)),
            Outcome.Checked.Local));

    var heard =
        stage.change(
            "PATCH",
            "viewer",
            CONFIG + "?dryRun=true",
            "{\"model\": \"gpt-5\"}",
            YAML,
            "If-Match: *");

    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.header("x-llmconfig-validated")).isEqualTo("local");
    assertThat(heard.header("Cache-Control")).isEqualTo("no-store");
    assertThat(heard.body()).endsWith("spec:\n  a: 1\n  model: \"gpt-5\"\n");
    assertThat(stage.store.asked)
        .containsExactly(
            "changeModel agents/support Any[] {\"model\":\"gpt-5\"} Manner[run=Draft, foreign=Ask]");
    assertThat(
            stage.change("PATCH", "viewer", CONFIG + "?dryRun=true", "{}", "If-Match: *").status())
        .isEqualTo(403);
    assertThat(
            stage
                .change("PATCH", "nobody", CONFIG + "?dryRun=true", "{}", YAML, "If-Match: *")
                .status())
        .isEqualTo(401);
  }

  @Test
  void aChangeThatIsMadeIsNotToldInYaml() {
    for (var query : List.of("", "?dryRun=false")) {
      var heard = stage.change("PATCH", "jane", CONFIG + query, "{}", YAML, "If-Match: *");
      assertThat(heard.status()).isEqualTo(406);
    }
    assertThat(stage.store.asked).isEmpty();
    stage.store.says(new Outcome.Unwritable("The key would be in a Secret."));
    var secret = stage.change("PATCH", "jane", CONFIG + "?dryRun=true", "{}", YAML, "If-Match: *");
    assertThat(secret.status()).isEqualTo(406);
    assertThat(secret.json().path("detail").asText()).contains("Secret");
  }
}
