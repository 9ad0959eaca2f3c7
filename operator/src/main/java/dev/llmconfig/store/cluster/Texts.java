package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.store.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks for keys where everybody would see them.
final class Texts {

  /// What holds keys, but none that could be read.
  private static final Set<String> SEALED = Set.of("encryptedKey", "encryptedData");

  private Texts() {}

  static void refuseKeys(String name, ObjectNode spec) {
    var flaws = new ArrayList<Flaw>();
    look("name", Trees.object().textNode(name), flaws);
    look("spec", spec, flaws);
    if (!flaws.isEmpty()) {
      throw Ended.invalid(flaws.toArray(Flaw[]::new));
    }
  }

  private static void look(String field, JsonNode value, List<Flaw> flaws) {
    value
        .properties()
        .forEach(below -> {
          if (FieldRules.looksLikeAKey(below.getKey())) {
            flaws.add(flaw(field));
          } else if (!SEALED.contains(below.getKey())) {
            look(field + "." + below.getKey(), below.getValue(), flaws);
          }
        });
    if (value.isArray()) {
      value.forEach(item -> look(field, item, flaws));
    }
    if (value.isTextual() && FieldRules.looksLikeAKey(value.asText())) {
      flaws.add(flaw(field));
    }
  }

  private static Flaw flaw(String field) {
    return new Flaw(
        field,
        Flaw.Reason.LooksLikeAKey,
        "%s holds what looks like a key, and everybody can read that field; put the key into the field key."
            .formatted(field));
  }
}
