package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// Settings without a value, as `api_key:` with nothing behind it: what other tools take for not
/// said. Read as a text each would be the word `null`.
final class Unset {

  private Unset() {}

  /// @param kept names below which null is a value of its own
  static JsonNode removed(JsonNode node, Set<String> kept) {
    var copy = node.deepCopy();
    remove(copy, kept);
    return copy;
  }

  private static void remove(JsonNode node, Set<String> kept) {
    if (node instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
      object.properties().stream()
          .filter(one -> !kept.contains(one.getKey()))
          .forEach(one -> remove(one.getValue(), kept));
    } else {
      node.forEach(one -> remove(one, kept));
    }
  }
}
