package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.cli.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// `docs/reference/rest.md` is the OpenAPI document for people: every route, and every object that
/// goes over it.
class RestReferenceTest {

  private static final Path OPEN_API = Document.root().resolve("operator/src/main/openapi.json");
  private static final String SCHEMAS = "#/components/schemas/";

  private final JsonNode api;

  RestReferenceTest() throws IOException {
    api = JsonMapper.builder().build().readTree(OPEN_API.toFile());
  }

  @Test
  void everyRouteIsOnThePage() {
    Reference.expect(
        Reference.page("rest.md"),
        "routes",
        api.path("paths").properties().stream()
            .flatMap(path ->
                path.getValue().properties().stream()
                    .map(operation ->
                        route(operation.getKey(), path.getKey(), operation.getValue())))
            .collect(Collectors.joining("\n", "\n", "\n")));
  }

  @Test
  void everyObjectIsOnThePage() {
    var schemas = api.at("/components/schemas").properties();
    assertThat(schemas).isNotEmpty();
    Reference.expect(
        Reference.page("rest.md"),
        "objects",
        schemas.stream()
            .map(schema -> object(schema.getKey(), schema.getValue()))
            .collect(Collectors.joining("\n", "\n", "\n")));
  }

  private static String route(String verb, String path, JsonNode operation) {
    var text = new StringBuilder();
    text.append("### `%s %s`\n\n".formatted(verb.toUpperCase(Locale.ROOT), path))
        .append(operation.path("summary").asText())
        .append(" ")
        .append(operation.path("description").asText())
        .append("\n");
    if (!operation.path("parameters").isEmpty()) {
      text.append("\n| parameter | in | type | what it is |\n|---|---|---|---|\n");
      elements(operation.path("parameters"))
          .map(RestReferenceTest::parameter)
          .forEach(text::append);
    }
    var body = operation.at("/requestBody/content");
    if (!body.isMissingNode()) {
      var fields = fields(body.elements().next().path("schema"));
      text.append("\nTakes ")
          .append(fields.isEmpty() ? contents(body) : media(body) + ", of it what is to change")
          .append(".\n")
          .append(fields.isEmpty() ? "" : "\n" + fields);
    }
    text.append("\nAnswers ").append(answers(operation.path("responses"))).append(".\n");
    return text.toString();
  }

  private static String parameter(JsonNode parameter) {
    return "| `%s`%s | %s | %s | %s |\n"
        .formatted(
            parameter.path("name").asText(),
            parameter.path("required").asBoolean() ? ", required" : "",
            parameter.path("in").asText(),
            type(parameter.path("schema")),
            Reference.cell(parameter.path("description").asText()));
  }

  /// First what it answers when all is well, then the problems by their codes alone.
  private static String answers(JsonNode responses) {
    var well =
        responses.properties().stream()
            .filter(one -> one.getKey().startsWith("2"))
            .map(one ->
                "`%s` %s"
                    .formatted(
                        one.getKey(),
                        one.getValue().has("content")
                            ? contents(one.getValue().path("content"))
                            : "with nothing"));
    var problems =
        responses.properties().stream()
            .map(one -> one.getKey())
            .filter(code -> code.compareTo("400") >= 0)
            .map(code -> "`" + code + "`")
            .collect(Collectors.joining(", "));
    return well.collect(Collectors.joining(", "))
        + (responses.has("304") ? ", `304` where nothing has changed" : "")
        + (problems.isEmpty() ? "" : "; [a problem](#problem) with " + problems);
  }

  private static String contents(JsonNode content) {
    return content.properties().stream()
        .map(one -> {
          var type = type(one.getValue().path("schema"));
          return List.of("object", "text", "any").contains(type)
              ? "`" + one.getKey() + "`"
              : "%s as `%s`".formatted(type, one.getKey());
        })
        .collect(Collectors.joining(" or "));
  }

  private static String media(JsonNode content) {
    return content.properties().stream()
        .map(one -> "`" + one.getKey() + "`")
        .collect(Collectors.joining(" or "));
  }

  private static String object(String name, JsonNode schema) {
    var values = elements(schema.path("enum")).map(one -> "`" + one.asText() + "`").toList();
    var fields = fields(schema);
    return "### %s\n\n%s"
        .formatted(
            name,
            !values.isEmpty()
                ? "One of " + String.join(", ", values) + ".\n"
                : fields.isEmpty() ? "An object without fields.\n" : fields);
  }

  private static String fields(JsonNode schema) {
    var rows =
        schema.path("properties").properties().stream()
            .map(field ->
                "| `%s`%s | %s |\n"
                    .formatted(
                        field.getKey(),
                        elements(schema.path("required"))
                                .anyMatch(one -> one.asText().equals(field.getKey()))
                            ? ", always"
                            : "",
                        type(field.getValue())))
            .collect(Collectors.joining());
    return rows.isEmpty() ? "" : "| field | type |\n|---|---|\n" + rows;
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      var name = schema.path("$ref").asText().substring(SCHEMAS.length());
      return "[%s](#%s)".formatted(name, name.toLowerCase(Locale.ROOT));
    }
    if (schema.has("enum")) {
      return elements(schema.path("enum"))
          .map(one -> "`" + one.asText() + "`")
          .collect(Collectors.joining(", "));
    }
    var either = schema.has("anyOf") ? schema.path("anyOf") : schema.path("type");
    if (either.isArray()) {
      return elements(either)
          .map(one -> one.isTextual() ? word(one.asText(), schema) : type(one))
          .collect(Collectors.joining(" or "));
    }
    return word(schema.path("type").asText("any"), schema);
  }

  private static String word(String type, JsonNode schema) {
    return switch (type) {
      case "string" -> "text";
      case "array" -> "list of " + type(schema.path("items"));
      case "object" -> schema.path("properties").isEmpty() ? type : "object of " + parts(schema);
      default -> type;
    };
  }

  private static String parts(JsonNode schema) {
    return schema.path("properties").properties().stream()
        .map(part -> "`%s` (%s)".formatted(part.getKey(), type(part.getValue())))
        .collect(Collectors.joining(", "));
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
