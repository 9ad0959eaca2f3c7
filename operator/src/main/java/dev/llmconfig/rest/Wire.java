package dev.llmconfig.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON as it goes out: what is absent is unset.
final class Wire {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private Wire() {}

  static JsonNode tree(Object shape) {
    return JSON.valueToTree(shape);
  }

  static byte[] bytes(Object shape) {
    try {
      return JSON.writeValueAsBytes(shape);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a shape can be written", impossible);
    }
  }

  /// A text of a row. One that cannot be read is nothing, and takes no other row with it (traps
  /// K8).
  static ObjectNode object(String json) {
    try {
      return JSON.readTree(json) instanceof ObjectNode object ? object : object();
    } catch (JsonProcessingException _) {
      return object();
    }
  }

  /// The same of a list.
  static ArrayNode list(String json) {
    try {
      return JSON.readTree(json) instanceof ArrayNode list ? list : array();
    } catch (JsonProcessingException _) {
      return array();
    }
  }

  /// Whatever is there, and null for what cannot be read.
  static JsonNode node(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException _) {
      return JSON.nullNode();
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ArrayNode array() {
    return JSON.createArrayNode();
  }
}
