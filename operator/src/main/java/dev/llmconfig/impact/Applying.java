package dev.llmconfig.impact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.FieldManagers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A world in which manifests have been applied, as `kubectl apply` does.
final class Applying {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String MANAGED = "managedFields";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final World world;
  private final Instant now;

  private Applying(World world, Instant now) {
    this.world = world;
    this.now = now;
  }

  /// What is applied says nothing of its own status.
  static World to(World world, List<ObjectNode> manifests, Instant now) {
    return restored(
        world,
        manifests.stream().map(one -> one.deepCopy().<ObjectNode>without("status")).toList(),
        now);
  }

  /// With the status that was exported along.
  static World restored(World world, List<ObjectNode> objects, Instant now) {
    var after = world;
    for (var object : objects) {
      after = after.with(List.of(new Applying(after, now).applied(object)));
    }
    return after;
  }

  private ObjectNode applied(ObjectNode manifest) {
    var id = Id.of(manifest);
    if (id.kind().equals(Kinds.SECRET)) {
      return SecretDigests.over(world.find(id), manifest);
    }
    return world.find(id).map(live -> over(live, id, manifest)).orElseGet(() -> made(id, manifest));
  }

  /// What is exported from a cluster says more of itself, and that is believed.
  private ObjectNode made(Id id, ObjectNode manifest) {
    var made = manifest.deepCopy();
    var meta = made.withObjectProperty("metadata");
    putIfAbsent(meta, "uid", "new:" + id.kind() + ":" + id.ref());
    if (Kinds.workload(id.kind())) {
      putIfAbsent(meta, "creationTimestamp", now.toString());
      if (!meta.has(MANAGED)) {
        meta.set(MANAGED, JsonNodeFactory.instance.arrayNode().add(owner(made, manifest)));
      }
    } else if (!meta.has("generation")) {
      meta.put("generation", 1);
    }
    return made;
  }

  private static void putIfAbsent(ObjectNode object, String field, String text) {
    if (!object.hasNonNull(field)) {
      object.put(field, text);
    }
  }

  private static ObjectNode over(ObjectNode live, Id id, ObjectNode manifest) {
    var wanted = declared(manifest);
    var was = before(live);
    var before = was.orElseGet(() -> declared(OwnFields.without(live)));
    var merged = Merge.apply(live, before, wanted);
    var meta = merged.withObjectProperty("metadata");
    if (!merged.path("spec").equals(live.path("spec"))) {
      meta.put("generation", live.path("metadata").path("generation").asLong(0) + 1);
    }
    if (Kinds.workload(id.kind())) {
      meta.set(MANAGED, managed(live, merged, wanted));
    }
    return merged;
  }

  /// What a person declares; the rest is the server's.
  private static ObjectNode declared(ObjectNode object) {
    var declared = object.deepCopy();
    declared.remove("status");
    if (declared.get("metadata") instanceof ObjectNode meta) {
      meta.retain("name", "namespace", "labels", "annotations");
      if (meta.get("annotations") instanceof ObjectNode annotations) {
        annotations.remove(LAST_APPLIED);
      }
    }
    return declared;
  }

  private static Optional<ObjectNode> before(ObjectNode live) {
    var text = live.path("metadata").path("annotations").path(LAST_APPLIED).asText();
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(declared(object))
          : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /// Whoever describes the containers is the one who applies.
  private static ArrayNode managed(ObjectNode live, ObjectNode merged, ObjectNode manifest) {
    var entries = JsonNodeFactory.instance.arrayNode();
    var replaced = false;
    for (JsonNode entry : live.path("metadata").path(MANAGED)) {
      if (!replaced && describes(entry)) {
        var copy = entry.<ObjectNode>deepCopy();
        copy.set("fieldsV1", Fields.of(manifest));
        entries.add(copy);
        replaced = true;
      } else {
        entries.add(entry);
      }
    }
    if (!replaced) {
      entries.add(owner(merged, manifest));
    }
    return entries;
  }

  private static boolean describes(JsonNode entry) {
    return !entry.path("manager").asText().equals(FieldManagers.OPERATOR)
        && entry.path("subresource").asText().isEmpty()
        && entry.path("fieldsV1").findValue("f:image") != null;
  }

  private static ObjectNode owner(ObjectNode object, ObjectNode manifest) {
    var entry = JsonNodeFactory.instance.objectNode();
    entry
        .put("manager", "its manifest")
        .put("operation", "Update")
        .put("apiVersion", object.path("apiVersion").asText())
        .put("fieldsType", "FieldsV1");
    entry.set("fieldsV1", Fields.of(manifest));
    return entry;
  }
}
