package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object as the API server has it.
record Live(Kind kind, ObjectNode tree) {

  Ref ref() {
    return new Ref(text("namespace"), text("name"));
  }

  String uid() {
    return text("uid");
  }

  long generation() {
    return metadata().path("generation").asLong();
  }

  String version() {
    return text("resourceVersion");
  }

  boolean deleting() {
    return metadata().has("deletionTimestamp");
  }

  ObjectNode spec() {
    return tree.path("spec") instanceof ObjectNode spec ? spec : Trees.object();
  }

  JsonNode status() {
    return tree.path("status");
  }

  Map<String, String> labels() {
    return texts(metadata().path("labels"));
  }

  Map<String, String> annotations() {
    return texts(metadata().path("annotations"));
  }

  JsonNode metadata() {
    return tree.path("metadata");
  }

  Stored stored() {
    return new Stored(ref(), uid(), generation(), version(), text("creationTimestamp"), spec());
  }

  /// The tool whose object it is, by the rule that the mirror shows it by.
  Optional<Keeper> keeper() {
    return Keeper.of(
        new Keeper.Signs(labels(), annotations(), managers(), controller()), kind.tracked(ref()));
  }

  private List<String> managers() {
    return metadata()
        .path("managedFields")
        .valueStream()
        .map(entry -> entry.path("manager").asText())
        .distinct()
        .toList();
  }

  private Map<String, String> controller() {
    return metadata()
        .path("ownerReferences")
        .valueStream()
        .filter(owner -> owner.path("controller").asBoolean())
        .findFirst()
        .map(owner ->
            Map.of("kind", owner.path("kind").asText(), "name", owner.path("name").asText()))
        .orElseGet(Map::of);
  }

  private String text(String field) {
    return metadata().path(field).asText();
  }

  private static Map<String, String> texts(JsonNode node) {
    var texts = new HashMap<String, String>();
    node.properties().forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
    return texts;
  }
}
