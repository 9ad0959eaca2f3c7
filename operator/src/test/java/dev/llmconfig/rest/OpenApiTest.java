package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.rest.shape.Session;
import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document is that of the routes, and is checked in for whoever writes a client.
class OpenApiTest {

  private static final Path FILE = Path.of("src/main/openapi.json");
  private static final Path EXAMPLES = Path.of("src/main/resources/dev/llmconfig/rest/example");
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

  /// It fits its schema, and the routes take it as it stands: what they say then is of their world.
  @Test
  void everyBodyHasAnExampleThatIsTaken() throws Exception {
    try (var stage = new RestStage(directory)) {
      stage.holds(
          new RestStage.Content(
              List.of(Sample.keyRow(new Ref("agents", "openai"), "k1", 3)),
              List.of(Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5)),
              List.of(),
              List.of()));
      stage.review.knows("root", "root", everything());
      var document = stage.document();
      stage.review.knows(
          Examples.of(Session.Login.class).orElseThrow().path("token").asText(), "jane");
      var nobody = new Outcome.Unavailable("nobody is there");
      stage.store.says(nobody);
      stage.drafts.says((_, _) -> new Drafts.Reading.Not(nobody));
      var used = new TreeSet<String>();
      for (var path : document.path("paths").properties()) {
        for (var operation : path.getValue().properties()) {
          for (var body : operation.getValue().at("/requestBody/content").properties()) {
            var example = body.getValue().path("example");
            var what = operation.getKey() + " " + path.getKey() + " " + body.getKey();
            assertThat(SchemaCheck.problems(document, body.getValue().path("schema"), example))
                .as(what)
                .isEmpty();
            used.add(example.toString());
            var answer =
                stage.change(
                    operation.getKey().toUpperCase(Locale.ROOT),
                    "root",
                    path.getKey()
                        .replace(
                            "{id}",
                            path.getKey().contains("api-keys") ? "agents.openai" : "agents.support")
                        .replaceFirst("^/import", "/import?namespace=agents"),
                    example.isTextual() ? example.textValue() : example.toString(),
                    "If-Match: *",
                    "Content-Type: " + body.getKey());
            assertThat(answer.status())
                .as("%s: %s", what, answer.body())
                .isNotIn(400, 401, 406, 413, 415, 422, 428, 500);
          }
        }
      }
      try (var files = Files.list(EXAMPLES)) {
        assertThat(files).as("files, none of them for nothing").hasSameSizeAs(used);
      }
    }
  }

  private static Right[] everything() {
    return Stream.of("apikeyconfigs", "modelconfigs")
        .flatMap(kind ->
            Stream.of("get", "list", "create", "patch", "delete", "use")
                .map(verb -> Right.of(verb, kind)))
        .toArray(Right[]::new);
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
