package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Merge patches (RFC 7396) and what they change.
final class Trees {

  /// A field that is another one afterwards; a list counts as one.
  record Difference(List<String> path, Optional<JsonNode> from, Optional<JsonNode> to) {
    Difference {
      path = List.copyOf(path);
    }

    /// As people write it.
    String field() {
      return String.join(".", path);
    }
  }

  private Trees() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// What the patch makes of it.
  static ObjectNode merged(ObjectNode target, ObjectNode patch) {
    var merged = target.deepCopy();
    patch
        .properties()
        .forEach(field -> {
          var name = field.getKey();
          switch (field.getValue()) {
            case JsonNode gone when gone.isNull() -> merged.remove(name);
            case ObjectNode below ->
                merged.set(
                    name,
                    merged(merged.get(name) instanceof ObjectNode there ? there : object(), below));
            case JsonNode value -> merged.set(name, value.deepCopy());
          }
        });
    return merged;
  }

  /// The part of the patch that changes something: whoever sends a whole form wants to own no more
  /// than what was edited.
  static ObjectNode effective(JsonNode target, ObjectNode patch) {
    var effective = object();
    patch
        .properties()
        .forEach(field -> {
          var there = target.path(field.getKey());
          switch (field.getValue()) {
            case JsonNode gone when gone.isNull() -> {
              if (!there.isMissingNode()) {
                effective.putNull(field.getKey());
              }
            }
            case ObjectNode below -> {
              var rest = effective(there, below);
              if (!rest.isEmpty() || (below.isEmpty() && !there.isObject())) {
                effective.set(field.getKey(), rest);
              }
            }
            case JsonNode value -> {
              if (!same(there, value)) {
                effective.set(field.getKey(), value);
              }
            }
          }
        });
    return effective;
  }

  /// The merge patch that leaves nothing but what is wanted.
  static ObjectNode replacing(JsonNode target, ObjectNode wanted) {
    var patch = wanted.deepCopy();
    target
        .properties()
        .forEach(field -> {
          var name = field.getKey();
          if (!wanted.has(name)) {
            patch.putNull(name);
          } else if (field.getValue().isObject() && wanted.get(name) instanceof ObjectNode below) {
            patch.set(name, replacing(field.getValue(), below));
          }
        });
    return patch;
  }

  static List<Difference> differences(List<String> root, JsonNode from, JsonNode to) {
    var found = new ArrayList<Difference>();
    collect(root, from, to, found);
    return found;
  }

  private static void collect(
      List<String> path, JsonNode from, JsonNode to, List<Difference> found) {
    if ((from.isObject() || from.isMissingNode())
        && (to.isObject() || to.isMissingNode())
        && !(from.isMissingNode() && to.isMissingNode())) {
      var names = new TreeSet<String>();
      from.fieldNames().forEachRemaining(names::add);
      to.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> {
        var below = new ArrayList<>(path);
        below.add(name);
        collect(below, from.path(name), to.path(name), found);
      });
    } else if (!same(from, to)) {
      found.add(new Difference(path, given(from), given(to)));
    }
  }

  private static Optional<JsonNode> given(JsonNode node) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  /// 1 and 1.0 are one number.
  static boolean same(JsonNode one, JsonNode other) {
    return one.equals(
        (first, second) ->
            first.isNumber() && second.isNumber()
                ? first.decimalValue().compareTo(second.decimalValue())
                : first.equals(second) ? 0 : 1,
        other);
  }
}
