package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;

/// Reads fields of which nothing is certain.
final class Nodes {

  private Nodes() {}

  /// Empty where there is no text.
  static String text(JsonNode node, String... anyOf) {
    for (String field : anyOf) {
      JsonNode value = node.path(field);
      if (value.isTextual() && !value.textValue().isEmpty()) {
        return value.textValue();
      }
    }
    return "";
  }

  static OptionalLong count(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  static void addText(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece.Text(text));
    }
  }

  static void addReasoning(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece.Reasoning(text));
    }
  }

  static void addCounts(List<Piece> pieces, TokenCounts counts) {
    if (!counts.isEmpty()) {
      pieces.add(new Piece.Counted(counts));
    }
  }
}
