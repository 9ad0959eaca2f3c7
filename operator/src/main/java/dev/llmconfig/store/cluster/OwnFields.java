package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.FieldManagers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Who owns which fields of an object, by the records of the API server (`fieldsV1`).
record OwnFields(Live live) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> OURS =
      Set.of(FieldManagers.PLAYGROUND, FieldManagers.PLAYGROUND_ACTION);

  /// Whether what that manager has may be changed without asking anybody.
  static boolean ours(String manager) {
    return OURS.contains(manager);
  }

  /// All that the Playground owns, as it is now: what an apply leaves out is taken away. An object
  /// that was created by it carries an entry of its own for that, which counts as well.
  ObjectNode ours() {
    return of(FieldManagers.PLAYGROUND, Claimed.Itself);
  }

  /// What the operator has in an object of another kind, as it is now.
  ObjectNode delivered() {
    return of(FieldManagers.OPERATOR, Claimed.Whole);
  }

  /// What an entry without anything below it means for an object.
  private enum Claimed {
    /// That it is there; what is in it may be that of others.
    Itself,
    /// All of it: some objects of pods are one value.
    Whole
  }

  private ObjectNode of(String manager, Claimed objects) {
    var own = Trees.object();
    entries()
        .filter(entry -> entry.path("manager").asText().equals(manager))
        .map(entry -> part(live.tree(), entry.path("fieldsV1"), objects))
        .forEach(part -> {
          if (part instanceof ObjectNode fields) {
            add(own, fields);
          }
        });
    return own;
  }

  /// Others that have something at this place or below it.
  Set<String> others(List<String> path) {
    var others = new TreeSet<String>();
    entries()
        .filter(entry -> reaches(entry.path("fieldsV1"), path))
        .map(entry -> entry.path("manager").asText())
        .filter(manager -> !ours(manager))
        .forEach(others::add);
    return others;
  }

  private Stream<JsonNode> entries() {
    return live.metadata()
        .path("managedFields")
        .valueStream()
        .filter(entry -> entry.path("subresource").asText().isEmpty());
  }

  private static boolean reaches(JsonNode fields, List<String> path) {
    var node = fields;
    for (var name : path) {
      var below = node.path("f:" + name);
      if (below.isMissingNode()) {
        return false;
      }
      if (below.isEmpty()) {
        return true; // owned as a whole from here on
      }
      node = below;
    }
    return true;
  }

  private static JsonNode part(JsonNode value, JsonNode fields, Claimed objects) {
    if (fields.isEmpty() && (!value.isObject() || objects == Claimed.Whole)) {
      return value;
    }
    return switch (value) {
      case ObjectNode object -> fieldsOf(object, fields, objects);
      case ArrayNode list -> itemsOf(list, fields, objects);
      default -> value;
    };
  }

  private static ObjectNode fieldsOf(ObjectNode object, JsonNode fields, Claimed objects) {
    var part = Trees.object();
    fields
        .properties()
        .forEach(field -> {
          var name = field.getKey().startsWith("f:") ? field.getKey().substring(2) : "";
          if (object.has(name)) {
            part.set(name, part(object.path(name), field.getValue(), objects));
          }
        });
    return part;
  }

  private static ArrayNode itemsOf(ArrayNode list, JsonNode fields, Claimed objects) {
    var part = Trees.array();
    for (var item : list) {
      fields
          .properties()
          .forEach(
              field -> item(item, field.getKey(), field.getValue(), objects).ifPresent(part::add));
    }
    return part;
  }

  private static Optional<JsonNode> item(
      JsonNode item, String key, JsonNode fields, Claimed objects) {
    if (key.startsWith("v:")) {
      return Optional.of(item).filter(value -> Trees.same(value, parsed(key)));
    }
    if (key.startsWith("k:") && item instanceof ObjectNode object) {
      var keys = parsed(key);
      if (keys.propertyStream().allMatch(one -> one.getValue().equals(item.get(one.getKey())))) {
        var part = fields.isEmpty() ? object.deepCopy() : fieldsOf(object, fields, objects);
        keys.properties().forEach(one -> part.set(one.getKey(), one.getValue()));
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  private static JsonNode parsed(String key) {
    try {
      return JSON.readTree(key.substring(2));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API server's records are JSON", e);
    }
  }

  private static void add(ObjectNode all, ObjectNode more) {
    more.properties()
        .forEach(field -> {
          var there = all.path(field.getKey());
          if (there instanceof ObjectNode one && field.getValue() instanceof ObjectNode other) {
            add(one, other);
          } else if (there instanceof ArrayNode one && field.getValue() instanceof ArrayNode rest) {
            rest.forEach(item -> {
              if (one.valueStream().noneMatch(item::equals)) {
                one.add(item);
              }
            });
          } else {
            all.set(field.getKey(), field.getValue().deepCopy());
          }
        });
  }
}
