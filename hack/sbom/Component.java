import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A part of the product, as CycloneDX writes it down. A change makes another one.
record Component(ObjectNode json) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Component of(String type, String group, String name, String version) {
    var json = JSON.createObjectNode().put("type", type).put("bom-ref", group + "/" + name + "@" + version);
    if (!group.isEmpty()) {
      json.put("group", group);
    }
    return new Component(json.put("name", name).put("version", version));
  }

  /// As the build of the jar has found it, with the licence of its POM.
  static Component of(JsonNode built) {
    var json = JSON.createObjectNode();
    for (var field : new String[] {"type", "bom-ref", "group", "name", "version", "licenses", "purl"}) {
      if (built.has(field)) {
        json.set(field, built.get(field));
      }
    }
    return new Component(json);
  }

  /// @param identifier of SPDX, or an expression of several
  Component licensed(String identifier) {
    var licence = JSON.createObjectNode();
    if (identifier.contains(" ")) {
      licence.put("expression", identifier.replaceAll("^\\((.*)\\)$", "$1"));
    } else {
      licence.putObject("license").put("id", identifier);
    }
    return with("licenses", JSON.createArrayNode().add(licence));
  }

  Component at(String purl) {
    return with("bom-ref", JsonNodeFactory.instance.textNode(purl)).with("purl", JsonNodeFactory.instance.textNode(purl));
  }

  Component hashed(Hash hash) {
    return with("hashes", JSON.createArrayNode().add(JSON.createObjectNode().put("alg", hash.algorithm()).put("content", hash.hex())));
  }

  Component holding(Iterable<Component> files) {
    var inside = JSON.createArrayNode();
    files.forEach(file -> inside.add(file.json()));
    return with("components", inside);
  }

  private Component with(String field, JsonNode value) {
    var json = this.json.deepCopy();
    json.set(field, value);
    return new Component(json);
  }

  String reference() {
    return json.path("bom-ref").asText();
  }
}
