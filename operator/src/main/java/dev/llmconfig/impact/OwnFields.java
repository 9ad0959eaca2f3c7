package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.FieldManagers;
import java.util.stream.Stream;

/// What the operator has written into an object, by the records of the API server.
final class OwnFields {

  private OwnFields() {}

  /// The object as its owner wrote it.
  static ObjectNode without(ObjectNode live) {
    var bare = live.deepCopy();
    for (JsonNode entry : live.path("metadata").path("managedFields")) {
      if (entry.path("manager").asText().equals(FieldManagers.OPERATOR)
          && entry.path("subresource").asText().isEmpty()) {
        remove(bare, entry.path("fieldsV1"));
      }
    }
    return bare;
  }

  private static void remove(ObjectNode object, JsonNode fields) {
    fields
        .properties()
        .forEach(field -> {
          if (!field.getKey().startsWith("f:")) {
            return;
          }
          var name = field.getKey().substring(2);
          var below = field.getValue();
          if (below.isEmpty()) {
            object.remove(name);
          } else if (object.get(name) instanceof ObjectNode inner) {
            remove(inner, below);
          } else {
            Merge.key(name).ifPresent(key -> items(object, name, key, below));
          }
        });
  }

  private static void items(ObjectNode object, String name, String key, JsonNode fields) {
    var rest = JsonNodeFactory.instance.arrayNode();
    Merge.byKey(key, object.path(name))
        .forEach((value, element) -> {
          var own = fields.path("k:" + JsonNodeFactory.instance.objectNode().put(key, value));
          if (!own.has(".")) {
            remove(element, own);
            rest.add(element);
          }
        });
    object.set(name, rest);
  }

  /// A workload after our patch, with our record.
  static ObjectNode patched(ObjectNode live, ObjectNode patch) {
    var body = patch.deepCopy();
    if (body.get("metadata") instanceof ObjectNode meta) {
      meta.retain("labels");
    }
    var patched = Merge.patch(live, body);
    var entry =
        JsonNodeFactory.instance
            .objectNode()
            .put("manager", FieldManagers.OPERATOR)
            .put("operation", "Update")
            .put("apiVersion", live.path("apiVersion").asText())
            .put("fieldsType", "FieldsV1");
    entry.set("fieldsV1", Fields.of(body, live));
    var meta = patched.withObjectProperty("metadata");
    var entries = JsonNodeFactory.instance.arrayNode();
    Stream.concat(meta.path("managedFields").valueStream(), Stream.of(entry))
        .filter(one -> !one.path("fieldsV1").isEmpty())
        .toList()
        .forEach(entries::add);
    meta.set("managedFields", entries);
    return patched;
  }
}
