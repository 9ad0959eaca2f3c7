package dev.llmconfig.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Kubernetes objects as trees: a patch has nulls and directives, which no model type can say.
final class Json {

  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// A part of a workload as the API server has it.
  static ObjectNode of(Object model) {
    return MAPPER.valueToTree(model);
  }

  /// Empty for what is no object.
  static ObjectNode parsed(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object ? object : object();
    } catch (JsonProcessingException _) {
      return object();
    }
  }

  static String text(JsonNode node) {
    return node.toString();
  }

  /// What a merge must say to make `wanted` of `live`: lists are replaced whole, and what is not
  /// wanted any more is null.
  static ObjectNode difference(ObjectNode live, ObjectNode wanted) {
    ObjectNode difference = object();
    wanted
        .properties()
        .forEach(field -> {
          JsonNode was = live.get(field.getKey());
          JsonNode is = field.getValue();
          if (was instanceof ObjectNode before && is instanceof ObjectNode after) {
            ObjectNode below = difference(before, after);
            if (!below.isEmpty()) {
              difference.set(field.getKey(), below);
            }
          } else if (!is.equals(was)) {
            difference.set(field.getKey(), is);
          }
        });
    live.properties()
        .forEach(field -> {
          if (!wanted.has(field.getKey())) {
            difference.putNull(field.getKey());
          }
        });
    return difference;
  }
}
