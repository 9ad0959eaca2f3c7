package dev.llmconfig.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What an API server says of its kinds, as the JSON schemas that kubeconform reads. It would fetch
/// those of a public collection, which knows neither this server's version nor its own kinds.
record KindSchemas(Path folder) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REFERENCE = "#/definitions/";

  /// @param openapi the server's `/openapi/v2`
  static KindSchemas of(String openapi, Path folder) {
    try {
      var definitions = JSON.readTree(openapi).path("definitions");
      definitions.forEach(KindSchemas::madeStrict);
      for (var definition : definitions.properties()) {
        for (var kind : definition.getValue().path("x-kubernetes-group-version-kind")) {
          Files.writeString(
              folder.resolve(fileName(kind)), whole(definition.getKey(), definitions).toString());
        }
      }
      return new KindSchemas(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What does not fit, with its object; empty when all fit.
  List<String> refuse(List<JsonNode> objects) {
    var text = objects.stream().map(Yaml::write).collect(Collectors.joining("---\n"));
    var said =
        Program.run(
            text,
            "kubeconform",
            "-strict",
            "-verbose",
            "-schema-location="
                + folder
                + "/{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json",
            "-");
    var lines = said.output().lines().toList();
    if (lines.size() != objects.size()) {
      throw new AssertionError("kubeconform, exit " + said.exit() + ": " + said.output());
    }
    return lines.stream().filter(line -> !line.endsWith(" is valid")).toList();
  }

  /// The core group has no name, and kubeconform takes its version for one.
  private static String fileName(JsonNode kind) {
    var version = kind.path("version").asText();
    var group = kind.path("group").asText();
    return "%s_%s_%s.json"
        .formatted(
            group.isEmpty() ? version : group,
            version,
            kind.path("kind").asText().toLowerCase(Locale.ROOT));
  }

  /// With all that it refers to.
  private static ObjectNode whole(String name, JsonNode definitions) {
    var schema = JSON.createObjectNode().put("$ref", REFERENCE + name);
    var needed = new LinkedHashSet<String>(List.of(name));
    var next = new ArrayDeque<String>(needed);
    while (!next.isEmpty()) {
      for (var reference : definitions.path(next.pop()).findValuesAsText("$ref")) {
        // The schema of schemas has a field of that name.
        var other = reference.replace(REFERENCE, "");
        if (!other.isEmpty() && needed.add(other)) {
          next.add(other);
        }
      }
    }
    var held = schema.putObject("definitions");
    needed.forEach(one -> held.set(one, definitions.path(one)));
    return schema;
  }

  /// The server refuses fields that it does not know, and takes numbers where its document says
  /// text only.
  private static void madeStrict(JsonNode node) {
    if (node instanceof ObjectNode schema) {
      var either = schema.path("format").asText().equals("int-or-string");
      var quantity = schema.path("description").asText().startsWith("Quantity is ");
      if (either || quantity) {
        schema.remove("format");
        schema.putArray("type").add("string").add("number");
      }
      if (schema.path("properties").isObject()
          && !schema.has("additionalProperties")
          && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        schema.put("additionalProperties", false);
      }
    }
    node.forEach(KindSchemas::madeStrict);
  }
}
