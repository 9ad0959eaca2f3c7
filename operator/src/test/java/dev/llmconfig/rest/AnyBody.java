package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Bodies for a schema: some that fit, and some with a thing or two that do not.
///
/// @param odd whether there may be anything wrong with it
record AnyBody(JsonNode document, RandomGenerator random, String namespace, boolean odd) {

  private static final int DEEPEST = 4;

  byte[] of(JsonNode content) {
    var schema = content.path("schema");
    if (schema.path("type").asText().equals("string")) {
      return damaged(content.path("example").asText().replace("agents", namespace), odd);
    }
    var example = content.path("example");
    var body =
        example.isObject() && random.nextInt(5) < 3
            ? Wire.object(example.toString().replace("\"agents", "\"" + namespace))
            : value(schema, "", 0);
    if (body instanceof ObjectNode object && object.has("name") && random.nextBoolean()) {
      object.put("name", text("name"));
    }
    for (var wrong = odd ? random.nextInt(4) : 0; wrong > 0; wrong--) {
      spoil(body);
    }
    return damaged(body.toString(), odd && random.nextInt(5) == 0);
  }

  private JsonNode value(JsonNode schema, String name, int depth) {
    if (schema.has("$ref")) {
      return value(document.at(schema.get("$ref").asText().substring(1)), name, depth);
    }
    if (schema.has("anyOf")) {
      return value(one(elements(schema.get("anyOf"))), name, depth);
    }
    if (schema.has("enum")) {
      return one(elements(schema.get("enum")));
    }
    var nodes = Wire.object();
    return switch (schema.path("type").asText()) {
      case "string" -> nodes.textNode(text(name));
      case "boolean" -> nodes.booleanNode(random.nextBoolean());
      case "integer" -> nodes.numberNode(one(List.of(0, 1, 5, 600, -1, Integer.MAX_VALUE)));
      case "number" -> nodes.numberNode(new BigDecimal(one(List.of("0", "0.5", "1", "2", "2.1"))));
      case "array" -> {
        var array = nodes.arrayNode();
        for (var items = depth > DEEPEST ? 0 : random.nextInt(3); items > 0; items--) {
          array.add(value(schema.path("items"), name, depth + 1));
        }
        yield array;
      }
      case "object" -> object(schema, depth);
      default -> nodes.nullNode();
    };
  }

  private ObjectNode object(JsonNode schema, int depth) {
    var object = Wire.object();
    for (var field : schema.path("properties").properties()) {
      var required =
          schema
              .path("required")
              .valueStream()
              .anyMatch(one -> one.asText().equals(field.getKey()));
      if (required || (depth <= DEEPEST && random.nextInt(3) == 0)) {
        object.set(field.getKey(), value(field.getValue(), field.getKey(), depth + 1));
      }
    }
    if (schema.path("additionalProperties").isObject()) {
      object.set(AnyText.of(random), value(schema.get("additionalProperties"), "", depth + 1));
    }
    return object;
  }

  private String text(String name) {
    if (odd && random.nextInt(4) == 0) {
      return AnyText.of(random);
    }
    return switch (name) {
      case "namespace" -> namespace;
      case "name" -> "any-" + random.nextInt(100);
      case "endpoint" -> "https://llm.example.com/v1";
      case "model" -> namespace + ".support";
      default -> "some";
    };
  }

  /// One thing in it becomes another, goes, or comes twice.
  private void spoil(JsonNode body) {
    var places = new ArrayList<JsonNode>();
    collect(body, places);
    var place = one(places);
    if (place instanceof ObjectNode object && !object.isEmpty()) {
      var field = one(object.properties().stream().map(one -> one.getKey()).toList());
      switch (random.nextInt(6)) {
        case 0 -> object.remove(field);
        case 1 -> object.set(AnyText.of(random), object.get(field));
        case 2 -> object.set(field.toUpperCase(Locale.ROOT), object.get(field));
        default -> object.set(field, other());
      }
    } else if (place instanceof ObjectNode object) {
      object.set(AnyText.of(random), other());
    } else if (place instanceof ArrayNode array) {
      array.add(other());
    }
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainerNode()) {
      places.add(node);
      node.valueStream().forEach(one -> collect(one, places));
    }
  }

  private JsonNode other() {
    var nodes = Wire.object();
    return switch (random.nextInt(14)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextLong());
      case 3 -> nodes.numberNode(-1);
      case 4 -> nodes.numberNode(new BigDecimal("1e400"));
      case 5 -> nodes.numberNode(new BigDecimal("1000e2147483646"));
      case 6 -> nodes.numberNode(new BigDecimal("1e-2147483647"));
      case 7 -> nodes.numberNode(new BigInteger("9".repeat(99)));
      case 8 -> nodes.numberNode(new BigDecimal("0.1000000000000000055511151231257827"));
      case 9 -> nodes.arrayNode();
      case 10 -> nodes.arrayNode().add(nodes.arrayNode().addNull());
      case 11 -> nodes.objectNode().put(AnyText.of(random), AnyText.of(random));
      default -> nodes.textNode(AnyText.of(random));
    };
  }

  private byte[] damaged(String text, boolean really) {
    var whole = text.getBytes(StandardCharsets.UTF_8);
    if (!really || text.isEmpty()) {
      return whole;
    }
    var at = random.nextInt(text.length());
    return switch (random.nextInt(13)) {
      case 0 -> new byte[0];
      case 1 -> Arrays.copyOf(whole, random.nextInt(whole.length));
      case 2 -> {
        whole[random.nextInt(whole.length)] = (byte) random.nextInt(256);
        yield whole;
      }
      case 3 -> bytes(text.substring(0, at) + AnyText.of(random) + text.substring(at));
      case 4 -> bytes(text + text);
      case 5 -> bytes("[" + text + "]");
      case 6 -> bytes("{\"a\":".repeat(40) + text + "}".repeat(40));
      case 7 -> bytes(text.replaceFirst("[{]", "{\"namespace\":\"a\",\"namespace\":\"b\","));
      case 8 -> bytes(text.replaceFirst(":[^,}]*", ":NaN"));
      case 9 -> bytes(text.replaceFirst(":[^,}]*", ":\"\\\\ud800\""));
      case 10 -> bytes(text.replaceFirst(":[^,}]*", ":1e99999999999"));
      case 11 -> bytes(" ".repeat(1 << 20) + text);
      default -> bytes("\ufeff" + text + " x");
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<JsonNode> elements(JsonNode list) {
    return list.valueStream().toList();
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
