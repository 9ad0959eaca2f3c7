package dev.llmconfig.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.Ownership;
import dev.llmconfig.guest.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What only the row of a single workload is asked for. No key is in it, and no value of a variable
/// that could be one.
///
/// @param containers what each has of us, as JSON
/// @param sketch what a preview of its next settings needs of the workload, as JSON
public record AgentDetail(String containers, String sketch) {

  /// Of a row in a list.
  public static final AgentDetail NOT_READ = new AgentDetail("", "");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OURS = "llmconfig.dev/";

  /// What moves by itself is not in it.
  static AgentDetail of(HasMetadata workload) {
    var seen = Workload.of(workload);
    if (seen.template().getSpec() == null) {
      return new AgentDetail("[]", "");
    }
    var pod = new AgentSketch(seen).pod();
    return new AgentDetail(containers(seen, pod), sketch(workload, seen, pod));
  }

  private static String sketch(HasMetadata workload, Workload seen, PodSpec pod) {
    var meta = workload.getMetadata();
    var tree = JsonNodeFactory.instance.objectNode();
    tree.put("apiVersion", seen.kind().apiVersion()).put("kind", seen.kind().name());
    var kept =
        tree.putObject("metadata")
            .put("namespace", meta.getNamespace())
            .put("name", meta.getName())
            .put("uid", meta.getUid())
            .put("creationTimestamp", meta.getCreationTimestamp());
    kept.set("labels", JSON.valueToTree(new TreeMap<>(seen.labels())));
    kept.set("annotations", JSON.valueToTree(ours(meta.getAnnotations())));
    kept.set(
        "managedFields",
        JSON.valueToTree(seen.managed().stream().map(AgentDetail::entry).toList()));
    var spec = tree.putObject("spec");
    JsonNode declared = JSON.valueToTree(workload).path("spec");
    for (var field : List.of("paused", "updateStrategy")) {
      if (declared.has(field)) {
        spec.set(field, declared.get(field));
      }
    }
    var template = template(tree, seen);
    var annotations = seen.template().getMetadata();
    template
        .putObject("metadata")
        .set(
            "annotations",
            JSON.valueToTree(ours(annotations == null ? null : annotations.getAnnotations())));
    template.set("spec", JSON.valueToTree(pod));
    return Json.text(tree);
  }

  private static ObjectNode template(ObjectNode tree, Workload seen) {
    var spec = tree.withObjectProperty("spec");
    return switch (seen.kind()) {
      case Deployment, StatefulSet, DaemonSet -> spec.putObject("template");
      case CronJob -> spec.putObject("jobTemplate").putObject("spec").putObject("template");
    };
  }

  private static ManagedFieldsEntry entry(ManagedFieldsEntry one) {
    return new ManagedFieldsEntryBuilder(one)
        .withTime(null)
        .withFieldsV1(FieldRecords.of(one.getFieldsV1()))
        .build();
  }

  private static Map<String, String> ours(@Nullable Map<String, String> all) {
    var ours = new TreeMap<>(Objects.requireNonNullElseGet(all, Map::<String, String>of));
    ours.keySet().removeIf(name -> !name.startsWith(OURS));
    return ours;
  }

  private static String containers(Workload seen, PodSpec pod) {
    var ownership = Ownership.of(seen);
    var all = JsonNodeFactory.instance.arrayNode();
    for (var container : pod.getContainers()) {
      var one = all.addObject().put("name", container.getName());
      var env = one.putArray("env");
      container.getEnv().stream()
          .filter(variable -> ours(ownership, container, variable))
          .forEach(variable -> put(env.addObject(), variable));
      var mounts = one.putArray("mounts");
      container.getVolumeMounts().stream()
          .filter(
              mount -> AgentSketch.ours(ownership.mount(container.getName(), mount.getMountPath())))
          .forEach(mount -> mounts.add(mount.getMountPath()));
    }
    return all.toString();
  }

  private static boolean ours(Ownership ownership, Container container, EnvVar variable) {
    return AgentSketch.ours(ownership.variable(container.getName(), variable.getName()));
  }

  private static void put(ObjectNode entry, EnvVar variable) {
    entry.put("name", variable.getName());
    var from = variable.getValueFrom();
    if (from == null) {
      entry.put("value", Objects.requireNonNullElse(variable.getValue(), ""));
    } else {
      entry.put("secret", true);
    }
  }
}
