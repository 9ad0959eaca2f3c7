package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One workload on an API server that knows strategic merge patches and who owns what, as far as
/// the tests of this package need it; `GuestIT` asks the real one the same.
final class FakeServer {

  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath");
  private static final Set<String> ATOMIC =
      Set.of("secretKeyRef", "configMapKeyRef", "fieldRef", "managedFields");
  static final FieldManager OWNER = new FieldManager("helm", FieldManager.Operation.Update, "");

  final WorkloadKind kind;
  private final Map<FieldManager, Set<FieldPath>> claims = new LinkedHashMap<>();
  private ObjectNode object;
  private int version = 1;

  private FakeServer(WorkloadKind kind, ObjectNode object) {
    this.kind = kind;
    this.object = object;
  }

  /// Created by [#OWNER].
  static FakeServer with(WorkloadKind kind, ObjectNode... containers) {
    var server = new FakeServer(kind, Json.object().put("apiVersion", kind.apiVersion()));
    ObjectNode object = Manifests.workload(kind, "agent", Manifests.array(containers));
    object.withObjectProperty("metadata").put("namespace", "ns").put("uid", "u-1");
    server.update(OWNER, object);
    return server;
  }

  ObjectNode object() {
    return object.deepCopy();
  }

  ObjectNode template() {
    return Manifests.template(kind, object());
  }

  Workload workload() {
    return Workload.of(WorkloadApi.typed(kind, recorded()));
  }

  /// With the records of who wrote what.
  ObjectNode recorded() {
    ObjectNode whole = object();
    ObjectNode metadata = whole.withObjectProperty("metadata");
    metadata.put("resourceVersion", String.valueOf(version));
    ArrayNode managed = metadata.putArray("managedFields");
    claims.forEach((manager, paths) -> {
      ObjectNode entry =
          managed
              .addObject()
              .put("manager", manager.name())
              .put("operation", manager.operation().name())
              .put("apiVersion", kind.apiVersion())
              .put("fieldsType", "FieldsV1");
      if (!manager.subresource().isEmpty()) {
        entry.put("subresource", manager.subresource());
      }
      entry.set("fieldsV1", new FieldSet(manager, Json.object()).with(sorted(paths)).root());
    });
    return whole;
  }

  /// What anybody's patch does.
  void merge(FieldManager manager, ObjectNode patch) {
    ObjectNode changed = patch.deepCopy();
    JsonNode metadata = changed.path("metadata");
    if (metadata.has("resourceVersion")
        && !metadata.path("resourceVersion").asText().equals(String.valueOf(version))) {
      throw new AssertionError("409: the object has been modified");
    }
    if (metadata.has("managedFields")) {
      record(metadata.path("managedFields"));
    }
    if (metadata instanceof ObjectNode own) {
      own.remove(List.of("managedFields", "resourceVersion"));
    }
    update(manager, merged(object, changed));
  }

  /// Server-side apply with force of a manifest that names nothing but what it wants; what it named
  /// before and does not name now goes, unless others have it, too.
  void apply(FieldManager manager, ObjectNode manifest) {
    Set<FieldPath> before = claims.getOrDefault(manager, Set.of());
    Set<FieldPath> now = nodes(manifest).keySet();
    var gone = new ArrayList<>(sorted(before)); // an element before its key
    gone.removeAll(now);
    claims.remove(manager);
    ObjectNode changed = merged(object, manifest);
    for (FieldPath path : gone) {
      if (claims.values().stream().noneMatch(paths -> paths.contains(path))) {
        remove(changed, path);
      }
    }
    update(manager, changed);
    claims.put(manager, new HashSet<>(now));
    claims.get(manager).removeIf(path -> path.steps().size() < 4);
  }

  /// A whole object in the place of this one.
  void update(FieldManager manager, ObjectNode changed) {
    Map<FieldPath, JsonNode> before = nodes(object);
    Map<FieldPath, JsonNode> after = nodes(changed);
    var written = new HashSet<FieldPath>();
    after.forEach((path, value) -> {
      if (!before.containsKey(path) || (leaf(value) && !value.equals(before.get(path)))) {
        written.add(path);
      }
    });
    var lost = new HashSet<>(before.keySet());
    lost.removeAll(after.keySet());
    if (!object.equals(changed)) {
      version++;
    }
    object = changed;
    claims.forEach((one, paths) -> {
      paths.removeAll(lost);
      if (!one.equals(manager)) {
        paths.removeAll(written);
      }
    });
    claims.computeIfAbsent(manager, _ -> new HashSet<>()).addAll(written);
    claims.values().removeIf(Set::isEmpty);
  }

  /// What of this manager is on record.
  Set<FieldPath> claimsOf(FieldManager manager) {
    return Set.copyOf(claims.getOrDefault(manager, Set.of()));
  }

  void forgetRecords() {
    claims.clear();
  }

  private void record(JsonNode entries) {
    Map<FieldManager, Set<FieldPath>> before = new HashMap<>(claims);
    claims.clear();
    for (JsonNode entry : entries) {
      var manager =
          new FieldManager(
              entry.path("manager").asText(),
              FieldManager.Operation.valueOf(entry.path("operation").asText("Update")),
              entry.path("subresource").asText());
      var set = new FieldSet(manager, (ObjectNode) entry.path("fieldsV1"));
      claims.put(manager, new HashSet<>(set.members(FieldPath.of())));
    }
    if (!before.equals(claims)) {
      version++;
    }
  }

  private static ObjectNode merged(ObjectNode live, ObjectNode patch) {
    ObjectNode merged = live.deepCopy();
    patch
        .properties()
        .forEach(field -> {
          String name = field.getKey();
          JsonNode now = field.getValue();
          JsonNode was = merged.path(name);
          if (now.isNull()) {
            merged.remove(name);
          } else if (now instanceof ObjectNode one) {
            ObjectNode below = merged(was instanceof ObjectNode is ? is : Json.object(), one);
            if (below.isEmpty() && !one.isEmpty()) {
              merged.remove(name);
            } else {
              merged.set(name, below);
            }
          } else if (now instanceof ArrayNode list && KEYS.containsKey(name)) {
            ArrayNode elements = merged(was, list, KEYS.getOrDefault(name, ""));
            if (elements.isEmpty()) {
              merged.remove(name);
            } else {
              merged.set(name, elements);
            }
          } else {
            merged.set(name, now);
          }
        });
    return merged;
  }

  private static ArrayNode merged(JsonNode live, ArrayNode patch, String key) {
    var elements = new LinkedHashMap<String, ObjectNode>();
    live.forEach(one -> elements.put(one.path(key).asText(), (ObjectNode) one));
    var front = Json.array();
    for (JsonNode one : patch) {
      String name = one.path(key).asText();
      ObjectNode was = elements.get(name);
      if (one.path("$patch").asText().equals("delete")) {
        elements.remove(name);
      } else if (was == null) {
        front.add(merged(Json.object(), (ObjectNode) one));
      } else {
        elements.put(name, merged(was, (ObjectNode) one));
      }
    }
    return front.addAll(elements.values());
  }

  private static void remove(ObjectNode root, FieldPath path) {
    JsonNode parent = root;
    for (FieldPath.Step step : path.steps().subList(0, path.steps().size() - 1)) {
      parent = below(parent, step);
    }
    if (parent instanceof ObjectNode object
        && path.steps().getLast() instanceof FieldPath.Step.Field(var name)) {
      object.remove(name);
    } else if (parent instanceof ArrayNode list
        && path.steps().getLast() instanceof FieldPath.Step.Item(var key, var value)) {
      var rest = list.valueStream().filter(one -> !one.path(key).asText().equals(value)).toList();
      list.removeAll().addAll(rest);
    }
  }

  private static JsonNode below(JsonNode node, FieldPath.Step step) {
    return switch (step) {
      case FieldPath.Step.Field(var name) -> node.path(name);
      case FieldPath.Step.Item(var key, var value) ->
          node.valueStream()
              .filter(one -> one.path(key).asText().equals(value))
              .findFirst()
              .orElse(Json.object());
    };
  }

  private static Map<FieldPath, JsonNode> nodes(ObjectNode object) {
    var nodes = new LinkedHashMap<FieldPath, JsonNode>();
    collect(FieldPath.of(), object, nodes);
    return nodes;
  }

  private static void collect(FieldPath at, JsonNode node, Map<FieldPath, JsonNode> nodes) {
    node.properties()
        .forEach(field -> {
          FieldPath path = at.field(field.getKey());
          String key = KEYS.get(field.getKey());
          nodes.put(path, field.getValue());
          if (key != null) {
            for (JsonNode element : field.getValue()) {
              FieldPath item = path.item(key, element.path(key).asText());
              nodes.put(item, element);
              collect(item, element, nodes);
            }
          } else if (!ATOMIC.contains(field.getKey())) {
            collect(path, field.getValue(), nodes);
          }
        });
  }

  private static boolean leaf(JsonNode node) {
    return node.isValueNode()
        || (node instanceof ArrayNode list && list.path(0).path("name").isMissingNode())
        || node.has("key");
  }

  private static List<FieldPath> sorted(Set<FieldPath> paths) {
    return paths.stream()
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .toList();
  }
}
