package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.provider.transport.Destination;
import java.util.function.Predicate;

/// One call to a provider, before the key is added.
///
/// @param accept the kind of answer that is wanted
/// @param fits whether a good answer has the shape that this call is answered with
record Call(
    Purpose purpose,
    Destination destination,
    String method,
    String target,
    String body,
    String accept,
    Predicate<JsonNode> fits) {

  private static final String JSON = "application/json";

  static Call get(Purpose purpose, Destination to, String target, Predicate<JsonNode> fits) {
    return new Call(purpose, to, "GET", target, "", JSON, fits);
  }

  static Call post(
      Purpose purpose, Destination to, String target, ObjectNode body, Predicate<JsonNode> fits) {
    return new Call(purpose, to, "POST", target, body.toString(), JSON, fits);
  }

  /// The same with one more parameter in the query.
  Call with(String parameter) {
    return new Call(
        purpose,
        destination,
        method,
        target + (target.contains("?") ? "&" : "?") + parameter,
        body,
        accept,
        fits);
  }

  /// The same, with an answer that comes as it is made.
  Call streamed() {
    return new Call(purpose, destination, method, target, body, "text/event-stream", fits);
  }
}
