package dev.llmconfig.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.impact.Id;
import dev.llmconfig.impact.Kinds;
import dev.llmconfig.impact.World;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One namespace as the rows have it, for the planners.
final class MirrorWorld {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SPEC = "spec";
  private static final String META = "metadata";
  private static final String GENERATION = "generation";

  private final Map<Id, ObjectNode> objects = new HashMap<>();
  private final World world;

  MirrorWorld(MirrorView view, String namespace) {
    for (var stored : view.keys()) {
      var row = stored.row();
      if (row.ref().namespace().equals(namespace)) {
        put(
            Kinds.API_KEY,
            row.ref(),
            object(row.ref(), row.version(), row.declared().spec(), row.told().status()));
      }
    }
    for (var stored : view.modelConfigs()) {
      var row = stored.row();
      if (row.ref().namespace().equals(namespace)) {
        put(Kinds.MODEL, row.ref(), object(row.ref(), row.version(), row.spec(), row.status()));
      }
    }
    var all = new ArrayList<>(objects.values());
    for (var stored : view.agentsIn(namespace)) {
      tree(stored.row().detail().sketch()).ifPresent(all::add);
    }
    all.addAll(profiles(view.heartbeat().profiles()));
    this.world = World.of(all);
  }

  World world() {
    return world;
  }

  /// As the ConfigMaps that they are of.
  private static Collection<ObjectNode> profiles(List<ProfileFile> files) {
    var maps = new TreeMap<String, ObjectNode>();
    for (var file : files) {
      var map = maps.computeIfAbsent(file.configMap(), MirrorWorld::profiles);
      map.withObjectProperty("data").put(file.name(), file.text());
    }
    return maps.values();
  }

  private static ObjectNode profiles(String name) {
    var map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", Kinds.CONFIG_MAP);
    map.putObject(META).put("name", name).putObject("labels").put(Labels.PROFILES, "true");
    return map;
  }

  Optional<ObjectNode> spec(Id id) {
    return Optional.ofNullable(objects.get(id))
        .flatMap(
            one -> one.get(SPEC) instanceof ObjectNode spec ? Optional.of(spec) : Optional.empty());
  }

  /// The object with that spec, in its next generation; a new one where there was none.
  ObjectNode with(Id id, ObjectNode spec, String now) {
    var known = Optional.ofNullable(objects.get(id));
    var object = known.map(ObjectNode::deepCopy).orElseGet(() -> fresh(id, now));
    if (!spec.equals(object.path(SPEC))) {
      var meta = object.withObjectProperty(META);
      meta.put(GENERATION, meta.path(GENERATION).asLong() + 1);
      object.set(SPEC, spec);
    }
    return object;
  }

  /// The object on its way out.
  Optional<ObjectNode> going(Id id, String now) {
    return Optional.ofNullable(objects.get(id))
        .map(one -> {
          var object = one.deepCopy();
          object.withObjectProperty(META).put("deletionTimestamp", now);
          return object;
        });
  }

  private void put(String kind, Ref ref, ObjectNode object) {
    object.put("apiVersion", ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1).put("kind", kind);
    objects.put(new Id(kind, ref), object);
  }

  private static ObjectNode fresh(Id id, String now) {
    var object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1).put("kind", id.kind());
    object
        .putObject(META)
        .put("namespace", id.ref().namespace())
        .put("name", id.ref().name())
        .put("uid", "new")
        .put("creationTimestamp", now);
    return object;
  }

  private static ObjectNode object(Ref ref, ObjectVersion version, String spec, String status) {
    var object = JsonNodeFactory.instance.objectNode();
    var meta =
        object
            .putObject(META)
            .put("namespace", ref.namespace())
            .put("name", ref.name())
            .put("uid", version.uid())
            .put(GENERATION, version.generation())
            .put("creationTimestamp", version.createdAt());
    if (version.deleting()) {
      meta.put("deletionTimestamp", version.createdAt());
    }
    var annotations = meta.putObject("annotations");
    version.annotations().forEach(annotations::put);
    tree(spec).ifPresent(one -> object.set(SPEC, one));
    tree(status).filter(one -> !one.isEmpty()).ifPresent(one -> object.set("status", one));
    return object;
  }

  private static Optional<ObjectNode> tree(String json) {
    try {
      return JSON.readTree(json) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
