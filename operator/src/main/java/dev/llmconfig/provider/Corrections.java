package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.TokenField;
import java.util.Optional;

/// The two refusals of a field that are not the caller's fault: we chose the name of the one, and
/// the other was only sent for our own counting.
final class Corrections {

  private static final String USAGE = "stream_options";

  private Corrections() {}

  /// The body that is worth one more try; empty if the refusal stands.
  static Optional<ObjectNode> of(Heard heard, ObjectNode body) {
    if (!heard.status(400, 422)) {
      return Optional.empty();
    }
    String blamed = heard.answer().flatMap(answer -> answer.error().param()).orElse("");
    boolean tokenField = TokenFields.blamed(heard);
    ObjectNode corrected = body.deepCopy();
    for (TokenField field : TokenField.values()) {
      if (tokenField && corrected.has(field.wireName())) {
        JsonNode limit = corrected.remove(field.wireName());
        corrected.set(field.other().wireName(), limit);
        return Optional.of(corrected);
      }
    }
    if (blamed.startsWith(USAGE) && corrected.has(USAGE)) {
      corrected.remove(USAGE);
      return Optional.of(corrected);
    }
    return Optional.empty();
  }
}
