package dev.llmconfig.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// YAML to commit. The same objects are the same bytes each time, so that a repository shows only
/// what has changed.
public final class Manifests {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  private static final String NOTHING = "apiVersion: v1\nkind: List\nitems: []\n";

  private Manifests() {}

  /// Nothing at all is a list of nothing: an empty text is no object of any kind.
  public static String of(List<Declared> objects) {
    return objects.isEmpty()
        ? NOTHING
        : objects.stream().map(Manifests::of).collect(Collectors.joining());
  }

  private static String of(Declared one) {
    var object =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", one.apiVersion())
            .put("kind", one.kind());
    var meta =
        object
            .putObject("metadata")
            .put("name", one.ref().name())
            .put("namespace", one.ref().namespace());
    put(meta, "labels", one.labels());
    put(meta, "annotations", one.annotations());
    object.setAll((ObjectNode) sorted(one.content()));
    try {
      return "---\n"
          + one.notes().stream().map(note -> "# " + note + "\n").collect(Collectors.joining())
          + MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of texts cannot be written as YAML", impossible);
    }
  }

  private static void put(ObjectNode meta, String field, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      var node = meta.putObject(field);
      new TreeMap<>(texts).forEach(node::put);
    }
  }

  /// Lists have the order that somebody gave them.
  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var fields = new TreeMap<String, JsonNode>();
      object.properties().forEach(one -> fields.put(one.getKey(), sorted(one.getValue())));
      return JsonNodeFactory.instance.objectNode().setAll(fields);
    }
    if (node.isArray()) {
      var list = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> list.add(sorted(item)));
      return list;
    }
    return node;
  }
}
