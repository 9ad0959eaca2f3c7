package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Reads fields of which nothing is certain, neither that they are there nor what they are.
final class Fields {

  private static final int LONGEST_DATE = 40;

  private Fields() {}

  /// A string, or a number as one.
  static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() || value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
  }

  /// The first of these fields that is a positive integer.
  static OptionalLong count(JsonNode node, String... fields) {
    return Stream.of(fields)
        .map(node::path)
        .filter(value -> value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0)
        .mapToLong(JsonNode::asLong)
        .findFirst();
  }

  /// A decimal number, written as one or as text.
  static Optional<BigDecimal> decimal(JsonNode node, String field) {
    return text(node, field)
        .filter(digits -> digits.matches("-?\\d{1,12}(\\.\\d{1,20})?([eE]-?\\d{1,2})?"))
        .map(BigDecimal::new);
  }

  /// The first of these fields that is a date: ISO, with or without a time, or epoch seconds.
  static Optional<LocalDate> date(JsonNode node, String... fields) {
    return Stream.of(fields).map(node::path).flatMap(value -> date(value).stream()).findFirst();
  }

  private static Optional<LocalDate> date(JsonNode value) {
    try {
      if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0) {
        return Optional.of(
            LocalDate.ofInstant(Instant.ofEpochSecond(value.asLong()), ZoneOffset.UTC));
      }
      String text = value.isTextual() ? value.asText() : "";
      return text.length() >= 10 && text.length() <= LONGEST_DATE
          ? Optional.of(LocalDate.parse(text.substring(0, 10)))
          : Optional.empty();
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
