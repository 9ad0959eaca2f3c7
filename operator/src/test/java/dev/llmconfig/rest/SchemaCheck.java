package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Holds a value against one of our schemas: the few words of JSON Schema that they use, and no
/// others, so that a new word is thought about.
final class SchemaCheck {

  private static final List<String> WORDS =
      List.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "anyOf",
          "$ref",
          "minimum");

  private final JsonNode document;
  private final List<String> wrong = new ArrayList<>();

  private SchemaCheck(JsonNode document) {
    this.document = document;
  }

  /// What does not fit; empty when all does.
  static List<String> problems(JsonNode document, JsonNode schema, JsonNode value) {
    var check = new SchemaCheck(document);
    check.look("$", schema, value);
    return check.wrong;
  }

  private void look(String at, JsonNode schema, JsonNode value) {
    schema.fieldNames().forEachRemaining(word -> expect(WORDS.contains(word), at, "word " + word));
    if (schema.has("$ref")) {
      look(at, document.at(schema.get("$ref").asText().substring(1)), value);
      return;
    }
    if (schema.has("anyOf")) {
      var fits =
          schema
              .get("anyOf")
              .valueStream()
              .anyMatch(one -> problems(document, one, value).isEmpty());
      expect(fits, at, "neither of both: " + value);
      return;
    }
    if (schema.has("enum")) {
      var found = new ArrayList<String>();
      schema.get("enum").forEach(one -> found.add(one.asText()));
      expect(found.contains(value.asText()), at, "none of the words: " + value);
    }
    switch (schema.path("type").asText()) {
      case "string" -> expect(value.isTextual(), at, "no text: " + value);
      case "boolean" -> expect(value.isBoolean(), at, "neither true nor false: " + value);
      case "number" -> expect(value.isNumber(), at, "no number: " + value);
      case "null" -> expect(value.isNull(), at, "not null: " + value);
      case "integer" ->
          expect(
              value.isIntegralNumber()
                  && value.longValue() >= schema.path("minimum").asLong(Long.MIN_VALUE),
              at,
              "no such number: " + value);
      case "array" -> {
        expect(value.isArray(), at, "no array: " + value);
        for (int one = 0; one < value.size(); one++) {
          look(at + "[" + one + "]", schema.get("items"), value.get(one));
        }
      }
      case "object" -> object(at, schema, value);
      default -> expect(schema.isEmpty(), at, "a schema without a type");
    }
  }

  private void object(String at, JsonNode schema, JsonNode value) {
    expect(value.isObject(), at, "no object: " + value);
    schema
        .path("required")
        .forEach(name -> expect(value.has(name.asText()), at, "lacks " + name.asText()));
    var more = schema.path("additionalProperties");
    value
        .properties()
        .forEach(field -> {
          var known = schema.path("properties").path(field.getKey());
          if (!known.isMissingNode()) {
            look(at + "." + field.getKey(), known, field.getValue());
          } else if (more.isObject()) {
            look(at + "." + field.getKey(), more, field.getValue());
          } else {
            expect(!more.isBoolean() || more.asBoolean(), at, "has " + field.getKey());
          }
        });
  }

  private void expect(boolean so, String at, String otherwise) {
    if (!so) {
      wrong.add(at + ": " + otherwise);
    }
  }
}
