package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.impact.Impact.Difference;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Names that are made of the revision of a key are not shown where that is not known: nobody would
/// find them in the cluster.
final class MadeUpNames {

  private static final Set<String> OF_A_KEY =
      Set.of("annotation " + Annotations.RENDERED, "annotation " + Annotations.REVISION);

  private static final Pattern FILES = Pattern.compile("-llm-d-[0-9a-f]{10}");

  private MadeUpNames() {}

  /// @param before whether what was there before is the cluster's own
  static Difference hidden(Difference one, boolean before) {
    return OF_A_KEY.contains(one.where())
        ? new Difference(
            one.where(),
            one.before().map(text -> before ? text : "(the present one)"),
            one.after().map(_ -> "(a new one)"))
        : new Difference(
            one.where(),
            one.before().map(text -> before ? text : hidden(text, "present")),
            one.after().map(text -> hidden(text, "new")));
  }

  /// A whole patch, to a workload as its file has it.
  static ObjectNode hidden(ObjectNode patch) {
    var copy = patch.deepCopy();
    hide(copy);
    return copy;
  }

  private static void hide(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (var field : List.copyOf(object.properties())) {
        if (OF_A_KEY.contains("annotation " + field.getKey()) && field.getValue().isTextual()) {
          object.put(field.getKey(), "(a new one)");
        } else if (field.getValue().isTextual()) {
          object.put(field.getKey(), hidden(field.getValue().asText(), "new"));
        } else {
          hide(field.getValue());
        }
      }
    } else {
      node.forEach(MadeUpNames::hide);
    }
  }

  private static String hidden(String text, String which) {
    return FILES.matcher(text).replaceAll("-llm-(" + which + ")");
  }
}
