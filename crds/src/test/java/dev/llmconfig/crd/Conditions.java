package dev.llmconfig.crd;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/// The schema that every Kubernetes API gives its conditions; the client's class brings none of it.
final class Conditions {

  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "type", "What the condition is about, in one word.",
          "status", "True, False or Unknown.",
          "reason", "Why, in one word for programs.",
          "message", "Why, in one sentence for people.",
          "lastTransitionTime", "When the status of the condition changed last.",
          "observedGeneration", "Generation of the spec that the condition describes.");

  static void complete(Schema schema) {
    var path = "status.conditions[]";
    schema
        .at(path)
        .setRequired(List.of("type", "status", "lastTransitionTime", "reason", "message"));
    DESCRIPTIONS.forEach(
        (field, description) -> schema.at(path + "." + field).setDescription(description));
    schema
        .at(path + ".status")
        .setEnum(List.of(new TextNode("True"), new TextNode("False"), new TextNode("Unknown")));
  }

  private Conditions() {}
}
