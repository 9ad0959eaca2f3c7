package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One body of each kind that would be taken, for whoever reads the document: a file for each,
/// named by its schema.
final class Examples {

  private Examples() {}

  static Optional<JsonNode> of(Class<?> shape) {
    return text("example/%s.json".formatted(Schemas.name(shape))).map(Wire::object);
  }

  /// Of a text that the operation reads itself.
  static Optional<JsonNode> of(String type) {
    return text(type.contains("yaml") ? "example/import.yaml" : "example/import.env")
        .map(TextNode::new);
  }

  private static Optional<String> text(String resource) {
    try (var in = Examples.class.getResourceAsStream(resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
