package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The record that the API server keeps of who wrote what (`fieldsV1`), for what was never sent to
/// one.
final class Fields {

  private static final Set<String> NOBODYS =
      Set.of("apiVersion", "kind", "status", "managedFields", "name", "namespace", "uid");

  private Fields() {}

  /// Of a whole manifest.
  static ObjectNode of(ObjectNode manifest) {
    var fields = JsonNodeFactory.instance.objectNode();
    manifest
        .properties()
        .forEach(field -> {
          if (!NOBODYS.contains(field.getKey())) {
            var value = field.getValue();
            if (field.getKey().equals("metadata") && value instanceof ObjectNode meta) {
              value = meta.deepCopy().retain("labels", "annotations");
            }
            fields.set("f:" + field.getKey(), below(field.getKey(), value, null));
          }
        });
    return fields;
  }

  /// Of a patch: an entry is its own only where it is new.
  static ObjectNode of(ObjectNode patch, ObjectNode live) {
    var fields = JsonNodeFactory.instance.objectNode();
    patch
        .properties()
        .forEach(field -> {
          if (field.getKey().equals("metadata")) {
            if (field.getValue().has("labels")) {
              var labels = field.getValue().path("labels");
              fields.putObject("f:metadata").set("f:labels", below("labels", labels, labels));
            }
          } else {
            fields.set(
                "f:" + field.getKey(),
                below(field.getKey(), field.getValue(), live.path(field.getKey())));
          }
        });
    return fields;
  }

  /// @param live null where everything is the writer's own
  private static JsonNode below(String name, JsonNode value, @Nullable JsonNode live) {
    var fields = JsonNodeFactory.instance.objectNode();
    var key = Merge.key(name);
    if (value instanceof ObjectNode object) {
      object
          .properties()
          .forEach(field -> {
            if (!field.getValue().isNull()) {
              fields.set(
                  "f:" + field.getKey(),
                  below(
                      field.getKey(),
                      field.getValue(),
                      live == null ? null : live.path(field.getKey())));
            }
          });
    } else if (key.isPresent() && value instanceof ArrayNode) {
      var there = live == null ? null : Merge.byKey(key.get(), live);
      Merge.byKey(key.get(), value)
          .forEach((item, element) -> {
            if (Merge.deletes(element)) {
              return;
            }
            var before = there == null ? null : there.get(item);
            if (below(item, element, before) instanceof ObjectNode inner) {
              if (before == null) {
                inner.putObject(".");
              } else {
                inner.remove("f:" + key.get());
              }
              var id = JsonNodeFactory.instance.objectNode().put(key.get(), item);
              fields.set("k:" + id, inner);
            }
          });
    }
    return fields;
  }
}
