package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/// Objects as people and tools write them.
final class Manifests {

  private Manifests() {}

  /// A whole workload that starts nothing.
  static ObjectNode workload(WorkloadKind kind, String name, ArrayNode containers) {
    ObjectNode object = bare(kind, name);
    ObjectNode spec = object.putObject("spec");
    ObjectNode labels = Json.object().put("app", name);
    if (kind == WorkloadKind.CronJob) {
      spec.put("schedule", "0 0 1 1 *").put("suspend", true);
    } else {
      spec.putObject("selector").set("matchLabels", labels);
    }
    switch (kind) {
      case Deployment -> spec.put("replicas", 0);
      case StatefulSet -> spec.put("replicas", 0).put("serviceName", name);
      case DaemonSet, CronJob -> {}
    }
    ObjectNode template = template(kind, object);
    template.putObject("metadata").set("labels", labels.deepCopy());
    ObjectNode pod = template.putObject("spec");
    pod.set("containers", containers);
    if (kind == WorkloadKind.DaemonSet) {
      pod.putObject("nodeSelector").put("nowhere", "true");
    }
    if (kind == WorkloadKind.CronJob) {
      pod.put("restartPolicy", "Never");
    }
    return object;
  }

  /// What a partial manifest or a patch begins with.
  static ObjectNode bare(WorkloadKind kind, String name) {
    ObjectNode object = Json.object().put("apiVersion", kind.apiVersion()).put("kind", kind.name());
    object.putObject("metadata").put("name", name);
    return object;
  }

  /// The pod template of an object or patch, made where there is none.
  static ObjectNode template(WorkloadKind kind, ObjectNode object) {
    ObjectNode node = object;
    for (String step : kind.template()) {
      node = node.withObjectProperty(step);
    }
    return node;
  }

  static ArrayNode containers(WorkloadKind kind, ObjectNode object) {
    return template(kind, object).withObjectProperty("spec").withArrayProperty("containers");
  }

  /// A patch of `env` of one container.
  static ObjectNode environment(WorkloadKind kind, String container, JsonNode... entries) {
    ObjectNode patch = Json.object();
    ObjectNode one = containers(kind, patch).addObject().put("name", container);
    one.putArray("env").addAll(List.of(entries));
    return patch;
  }

  static ArrayNode array(JsonNode... elements) {
    return Json.array().addAll(List.of(elements));
  }

  static ObjectNode container(String name, JsonNode... env) {
    ObjectNode container = Json.object().put("name", name).put("image", "agent:1");
    if (env.length > 0) {
      container.putArray("env").addAll(List.of(env));
    }
    return container;
  }

  static ObjectNode value(String name, String value) {
    return Json.object().put("name", name).put("value", value);
  }

  static ObjectNode secret(String name, String secret) {
    return from(name, "secretKeyRef", Map.of("name", secret, "key", "api-key"));
  }

  static ObjectNode from(String name, String kind, Map<String, String> fields) {
    ObjectNode entry = Json.object().put("name", name);
    fields.forEach(entry.putObject("valueFrom").putObject(kind)::put);
    return entry;
  }

  static ObjectNode deleted(String key, String value) {
    return Json.object().put(key, value).put("$patch", "delete");
  }

  /// Values and sources exclude each other, so who sets one says that the other is gone.
  static ObjectNode exclusive(ObjectNode entry) {
    ObjectNode exclusive = entry.deepCopy();
    if (entry.has("value")) {
      exclusive.putNull("valueFrom");
    } else if (entry.has("valueFrom")) {
      exclusive.putNull("value");
    }
    return exclusive;
  }
}
