package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// An object as it would be committed: what its owner declares, and nothing of the server's.
final class Yaml {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.SPLIT_LINES).build();

  private Yaml() {}

  static String of(Live live, ObjectNode spec) {
    var object =
        Trees.object().put("apiVersion", live.kind().apiVersion()).put("kind", live.kind().name());
    var meta =
        object
            .putObject("metadata")
            .put("name", live.ref().name())
            .put("namespace", live.ref().namespace());
    put(meta, "labels", live.labels(), _ -> true);
    put(meta, "annotations", live.annotations(), Yaml::declared);
    object.set("spec", spec);
    return text(object);
  }

  static String text(ObjectNode object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of texts cannot be written as YAML", impossible);
    }
  }

  /// Requests and traces of tools are in nobody's Git.
  private static boolean declared(String annotation) {
    return !annotation.startsWith("kubectl.kubernetes.io/")
        && !annotation.startsWith("llmconfig.dev/")
        && !annotation.endsWith("argoproj.io/tracking-id");
  }

  private static void put(
      ObjectNode meta, String field, Map<String, String> texts, Predicate<String> shown) {
    var sorted = new TreeMap<>(texts);
    sorted.keySet().removeIf(shown.negate());
    if (!sorted.isEmpty()) {
      var node = meta.putObject(field);
      sorted.forEach(node::put);
    }
  }
}
