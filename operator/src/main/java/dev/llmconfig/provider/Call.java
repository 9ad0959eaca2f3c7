package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.provider.transport.Destination;
import java.util.function.Predicate;

/// One call to a provider, before the key is added.
///
/// @param fits whether a good answer has the shape that this call is answered with
record Call(
    Purpose purpose,
    Destination destination,
    String method,
    String target,
    String body,
    Predicate<JsonNode> fits) {

  static Call get(Purpose purpose, Destination to, String target, Predicate<JsonNode> fits) {
    return new Call(purpose, to, "GET", target, "", fits);
  }

  static Call post(
      Purpose purpose, Destination to, String target, ObjectNode body, Predicate<JsonNode> fits) {
    return new Call(purpose, to, "POST", target, body.toString(), fits);
  }

  /// The same with one more parameter in the query.
  Call with(String parameter) {
    return new Call(
        purpose,
        destination,
        method,
        target + (target.contains("?") ? "&" : "?") + parameter,
        body,
        fits);
  }
}
