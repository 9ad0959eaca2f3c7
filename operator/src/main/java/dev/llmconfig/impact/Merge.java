package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the API server makes of an object when something is applied to it, or patched onto it.
final class Merge {

  private static final String DIRECTIVE = "$patch";

  /// Lists whose elements have a name; all others are replaced as a whole.
  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath");

  private Merge() {}

  static Optional<String> key(String field) {
    return Optional.ofNullable(KEYS.get(field));
  }

  /// What was applied before and is not any more goes; what somebody else has added stays.
  static ObjectNode apply(ObjectNode live, JsonNode before, ObjectNode next) {
    var merged = live.deepCopy();
    before
        .properties()
        .forEach(field -> {
          var name = field.getKey();
          if (!next.has(name)) {
            var rest = rest(name, live.path(name), field.getValue());
            if (rest.isEmpty()) {
              merged.remove(name);
            } else {
              merged.set(name, rest);
            }
          }
        });
    next.properties()
        .forEach(field ->
            merged.set(
                field.getKey(),
                applied(
                    field.getKey(),
                    live.path(field.getKey()),
                    before.path(field.getKey()),
                    field.getValue())));
    return merged;
  }

  /// What others have added to what goes.
  private static JsonNode rest(String name, JsonNode live, JsonNode before) {
    var nothing = JsonNodeFactory.instance;
    if (live instanceof ObjectNode one) {
      return apply(one, before, nothing.objectNode());
    }
    var key = key(name);
    return key.isPresent() && live instanceof ArrayNode one
        ? list(key.get(), one, before, nothing.arrayNode())
        : nothing.missingNode();
  }

  private static JsonNode applied(String name, JsonNode live, JsonNode before, JsonNode next) {
    if (live instanceof ObjectNode one && next instanceof ObjectNode other) {
      return apply(one, before, other);
    }
    var key = key(name);
    return key.isPresent() && live instanceof ArrayNode one && next instanceof ArrayNode other
        ? list(key.get(), one, before, other)
        : next.deepCopy();
  }

  private static ArrayNode list(String key, ArrayNode live, JsonNode before, ArrayNode next) {
    var old = byKey(key, before);
    var wanted = byKey(key, next);
    var merged = byKey(key, live);
    merged.keySet().removeIf(name -> old.containsKey(name) && !wanted.containsKey(name));
    wanted.forEach((name, element) ->
        merged.merge(
            name,
            element,
            (there, _) ->
                apply(
                    there,
                    Optional.<JsonNode>ofNullable(old.get(name))
                        .orElseGet(JsonNodeFactory.instance::objectNode),
                    element)));
    return JsonNodeFactory.instance.arrayNode().addAll(merged.values());
  }

  /// A strategic merge patch.
  static ObjectNode patch(ObjectNode live, ObjectNode patch) {
    var merged = live.deepCopy();
    patch
        .properties()
        .forEach(field -> {
          var name = field.getKey();
          var key = key(name);
          if (field.getValue().isNull()) {
            merged.remove(name);
          } else if (field.getValue() instanceof ObjectNode below) {
            merged.set(name, patch(merged.withObjectProperty(name), below));
          } else if (key.isPresent() && field.getValue() instanceof ArrayNode below) {
            merged.set(name, patchList(key.get(), merged.path(name), below));
          } else {
            merged.set(name, field.getValue().deepCopy());
          }
        });
    return merged;
  }

  private static ArrayNode patchList(String key, JsonNode live, ArrayNode patch) {
    var merged = byKey(key, live);
    byKey(key, patch)
        .forEach((name, element) -> {
          if (deletes(element)) {
            merged.remove(name);
          } else {
            merged.merge(name, element, Merge::patch);
          }
        });
    return JsonNodeFactory.instance.arrayNode().addAll(merged.values());
  }

  static boolean deletes(JsonNode element) {
    return element.path(DIRECTIVE).asText().equals("delete");
  }

  static Map<String, ObjectNode> byKey(String key, JsonNode list) {
    var found = new LinkedHashMap<String, ObjectNode>();
    list.valueStream()
        .forEach(element -> {
          if (element instanceof ObjectNode object) {
            found.putIfAbsent(object.path(key).asText(), object);
          }
        });
    return found;
  }
}
