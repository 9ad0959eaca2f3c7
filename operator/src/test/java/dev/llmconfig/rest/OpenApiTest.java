package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document is that of the routes, and is checked in for whoever writes a client.
class OpenApiTest {

  private static final Path FILE = Path.of("src/main/openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @TempDir Path directory;

  @Test
  void theFileIsWhatTheRoutesSay() throws Exception {
    try (var stage = new RestStage(directory)) {
      var document = (ObjectNode) stage.document().deepCopy();
      ((ObjectNode) document.path("info")).put("version", "0");
      var text = JSON.writeValueAsString(document) + "\n";
      if (Boolean.getBoolean("docs.update")) {
        Files.writeString(FILE, text);
      }

      assertThat(Files.readString(FILE))
          .as("run once more with -Ddocs.update=true, and look at the difference")
          .isEqualTo(text);
      assertThat(stage.get("", "/openapi.json").body()).isEqualTo(stage.document().toString());
    }
  }

  @Test
  void everyNameInItLeadsSomewhereAndEveryOperationHasItsOwn() {
    try (var stage = new RestStage(directory)) {
      var document = stage.document();
      for (var reference : document.findValuesAsText("$ref")) {
        assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
      }
      var ids = document.path("paths").findValuesAsText("operationId");
      assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
      assertThat(ids).contains("getConfigApiKeys", "getConfigApiKeysIdModels");
    }
  }

  @Test
  void anAnswerThatDoesNotFitIsFound() throws Exception {
    try (var stage = new RestStage(directory)) {
      var document = stage.document();
      var schema = document.at("/components/schemas/UsedBy");
      var key = document.at("/components/schemas/KeyUsedBy");
      assertThat(schema.isMissingNode()).isTrue();

      assertThat(problems(document, key, "{\"configs\":1,\"agents\":2}")).isEmpty();
      for (var wrong :
          List.of(
              "{\"configs\":1}",
              "{\"configs\":1,\"agents\":2,\"more\":3}",
              "{\"configs\":\"1\",\"agents\":2}",
              "{\"configs\":null,\"agents\":2}",
              "[]")) {
        assertThat(problems(document, key, wrong)).as(wrong).isNotEmpty();
      }
      var phase = document.at("/components/schemas/KeyPhase");
      assertThat(problems(document, phase, "\"Ready\"")).isEmpty();
      assertThat(problems(document, phase, "\"ready\"")).isNotEmpty();
    }
  }

  private static List<String> problems(JsonNode document, JsonNode schema, String value)
      throws Exception {
    return new ArrayList<>(SchemaCheck.problems(document, schema, JSON.readTree(value)));
  }
}
