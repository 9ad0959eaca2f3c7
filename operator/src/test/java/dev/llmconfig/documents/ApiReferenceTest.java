package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.cli.Reference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `docs/reference/api.md` is what the CRDs say: every field, and every rule that the API server
/// holds an object against.
class ApiReferenceTest {

  private static final Pattern DEFAULT = Pattern.compile("(?s)(?<what>.*?) ?Default: (?<value>.*)");

  @ParameterizedTest
  @CsvSource({"ApiKeyConfig, apikeyconfigs", "ModelConfig, modelconfigs"})
  void everyFieldAndEveryRuleIsOnThePage(String kind, String plural) throws IOException {
    var crd =
        Serialization.unmarshal(
            Files.readString(
                Document.root().resolve("crds").resolve(plural + ".llmconfig.dev.yaml")),
            JsonNode.class);
    var version = crd.at("/spec/versions/0");
    var schema = version.at("/schema/openAPIV3Schema");
    assertThat(crd.at("/spec/names/kind").asText()).isEqualTo(kind);

    Reference.expect(
        Reference.page("api.md"),
        kind,
        "\n"
            + schema.path("description").asText()
            + "\n\n"
            + names(crd)
            + "\n"
            + table("spec", schema.at("/properties/spec"))
            + "\n### What the API server refuses in a "
            + kind
            + "\n\n"
            + rules(schema)
            + "\n"
            + table("status", schema.at("/properties/status"))
            + "\n### Columns of a "
            + kind
            + "\n\n"
            + columns(version)
            + "\n");
  }

  private static String names(JsonNode crd) {
    var names = crd.at("/spec/names");
    return "Short name `%s`, with `kubectl get %s` among others; name of at most 63 characters.\n"
        .formatted(names.at("/shortNames/0").asText(), names.at("/categories/0").asText());
  }

  private static String table(String part, JsonNode schema) {
    var rows = new ArrayList<String>();
    rows(part, schema, rows);
    return "### `%s`\n\n%s\n\n| field | type | default | bounds | what it is |\n|---|---|---|---|---|\n%s"
        .formatted(part, schema.path("description").asText(), String.join("", rows));
  }

  private static void rows(String path, JsonNode schema, List<String> rows) {
    schema
        .path("properties")
        .properties()
        .forEach(field -> {
          var name = path + "." + field.getKey();
          rows.add(row(name, field.getValue(), required(schema, field.getKey())));
          rows(name, field.getValue(), rows);
          rows(name + "[]", field.getValue().path("items"), rows);
        });
  }

  private static String row(String path, JsonNode field, boolean required) {
    var description = field.path("description").asText();
    assertThat(description).as(path).isNotEmpty();
    var parts = DEFAULT.matcher(description);
    var split = parts.matches();
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            path,
            type(field),
            required
                ? "required"
                : split ? Reference.cell(parts.group("value").replaceFirst("\\.$", "")) : "",
            bounds(field),
            Reference.cell(split ? parts.group("what") : description));
  }

  private static String type(JsonNode field) {
    var type = field.path("type").asText("any");
    return switch (type) {
      case "array" -> "list of " + type(field.path("items"));
      case "object" -> field.has("additionalProperties") ? "map of texts" : "object";
      case "string" -> field.path("format").asText().equals("date-time") ? "time" : "text";
      default -> type;
    };
  }

  private static String bounds(JsonNode field) {
    var item = field.path("items");
    return Stream.of(
            values(field),
            values(item),
            between(field, "minimum", "maximum", ""),
            between(field, "minLength", "maxLength", " characters"),
            between(field, "minItems", "maxItems", " entries"),
            between(field, "minProperties", "maxProperties", " names"),
            between(item, "minLength", "maxLength", " characters each"))
        .filter(bound -> !bound.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String values(JsonNode field) {
    return elements(field.path("enum"))
        .map(value -> "`" + value.asText() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String between(JsonNode field, String least, String most, String unit) {
    if (field.has(least) && field.has(most)) {
      return field.path(least).asText() + " to " + field.path(most).asText() + unit;
    }
    if (field.has(most)) {
      return "at most " + field.path(most).asText() + unit;
    }
    return field.has(least) ? "at least " + field.path(least).asText() + unit : "";
  }

  private static boolean required(JsonNode schema, String name) {
    return elements(schema.path("required")).anyMatch(one -> one.asText().equals(name));
  }

  /// Each message once, with the place where it is said first.
  private static String rules(JsonNode schema) {
    var rules = new ArrayList<String>();
    rules("", schema, rules);
    assertThat(rules).isNotEmpty();
    return "| field | what is said |\n|---|---|\n" + String.join("", rules);
  }

  private static void rules(String path, JsonNode schema, List<String> rules) {
    elements(schema.path("x-kubernetes-validations"))
        .map(rule ->
            "| `%s` | %s |\n"
                .formatted(
                    (path + rule.path("fieldPath").asText()).replaceFirst("^\\.", ""),
                    Reference.cell(rule.path("message").asText())))
        .filter(row -> !rules.contains(row))
        .forEach(rules::add);
    schema
        .path("properties")
        .properties()
        .forEach(field -> rules(path + "." + field.getKey(), field.getValue(), rules));
    if (schema.has("items")) {
      rules(path + "[]", schema.path("items"), rules);
    }
  }

  private static String columns(JsonNode version) {
    return "| column | from | shown |\n|---|---|---|\n"
        + elements(version.path("additionalPrinterColumns"))
            .map(column ->
                "| %s | `%s` | %s |\n"
                    .formatted(
                        column.path("name").asText(),
                        Reference.cell(column.path("jsonPath").asText()),
                        column.path("priority").asInt() == 0 ? "always" : "with `-o wide`"))
            .collect(Collectors.joining());
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
