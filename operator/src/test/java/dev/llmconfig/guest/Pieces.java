package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Pieces of manifests and patches, at random, from so few names and values that they meet.
final class Pieces {

  static final List<String> VARIABLES = List.of("A", "B", "C", "D");
  static final List<String> ANNOTATIONS = List.of(Annotations.REVISION, Annotations.RENDERED);
  static final String MOUNT = "/etc/llm";
  static final String VOLUME = "llmconfig";
  private static final List<String> VALUES = List.of("1", "2", "3");

  private final WorkloadKind kind;
  private final Random random;

  Pieces(WorkloadKind kind, Random random) {
    this.kind = kind;
    this.random = random;
  }

  boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String variable() {
    return one(VARIABLES);
  }

  String value() {
    return one(VALUES);
  }

  JsonNode[] entries(int most) {
    var chosen = new ArrayList<JsonNode>();
    for (String variable : VARIABLES) {
      if (chosen.size() < most && chance(2)) {
        chosen.add(entry(variable));
      }
    }
    return chosen.toArray(JsonNode[]::new);
  }

  /// For each variable a new value, its removal, or nothing.
  JsonNode[] changes() {
    var patches = new ArrayList<JsonNode>();
    for (String variable : VARIABLES) {
      switch (random.nextInt(4)) {
        case 0 -> patches.add(Manifests.deleted("name", variable));
        case 1, 2 -> patches.add(Manifests.exclusive(plain(variable)));
        default -> {}
      }
    }
    return patches.toArray(JsonNode[]::new);
  }

  /// Also what only appliers can say.
  private JsonNode entry(String variable) {
    return switch (random.nextInt(12)) {
      case 0 -> Json.object().put("name", variable);
      case 1 -> Manifests.value(variable, "");
      case 2 -> Json.object().put("name", variable).putNull("valueFrom");
      default -> plain(variable);
    };
  }

  ObjectNode plain(String variable) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> Manifests.secret(variable, "s" + value());
      case 2 -> Manifests.from(variable, "configMapKeyRef", Map.of("name", value(), "key", "k"));
      case 3 -> Manifests.value(variable, "$(" + variable() + ")");
      default -> Manifests.value(variable, value());
    };
  }

  /// Annotations, marker, volume and mount, as somebody who copied a workload of ours has them.
  void decorate(ObjectNode object, String container) {
    if (chance(2)) {
      annotations(object).put(one(ANNOTATIONS), value());
    }
    if (chance(2)) {
      mark(object);
    }
    if (chance(3)) {
      mount(object, container);
    }
  }

  ObjectNode annotations(ObjectNode object) {
    return Manifests.template(kind, object)
        .withObjectProperty("metadata")
        .withObjectProperty("annotations");
  }

  void mark(ObjectNode object) {
    object
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(Labels.DELIVERED_BY, value());
  }

  void mount(ObjectNode object, String container) {
    ObjectNode pod = Manifests.template(kind, object).withObjectProperty("spec");
    pod.withArrayProperty("volumes")
        .addObject()
        .put("name", VOLUME)
        .putObject("projected")
        .put("defaultMode", chance(2) ? 420 : 256)
        .putArray("sources")
        .addObject()
        .putObject("configMap")
        .put("name", value());
    ArrayNode containers = Manifests.containers(kind, object);
    ObjectNode mount = Json.object().put("name", VOLUME).put("mountPath", MOUNT);
    if (chance(2)) {
      mount.put("readOnly", true);
    }
    ((ObjectNode)
            containers
                .valueStream()
                .filter(one -> one.path("name").asText().equals(container))
                .findFirst()
                .orElseGet(() -> containers.addObject().put("name", container)))
        .withArrayProperty("volumeMounts")
        .add(mount);
  }
}
