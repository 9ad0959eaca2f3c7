package dev.llmconfig.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.access.AuditRecord.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What was changed, as the text of one column: an array with an array for each field. Rows of
/// before have names alone, with blanks between them.
final class FieldTexts {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FieldTexts() {}

  static String written(List<Field> fields) {
    var all = JSON.createArrayNode();
    fields.forEach(
        one -> all.addArray().add(one.name()).add(one.from().orElse("")).add(one.to().orElse("")));
    return all.toString();
  }

  static List<Field> read(String text) {
    if (!text.startsWith("[")) {
      return Stream.of(text.split(" ", -1))
          .filter(name -> !name.isEmpty())
          .map(Field::named)
          .toList();
    }
    try {
      return JSON.readTree(text)
          .valueStream()
          .map(one ->
              new Field(
                  one.path(0).asText(), told(one.path(1).asText()), told(one.path(2).asText())))
          .toList();
    } catch (JsonProcessingException damaged) {
      return List.of();
    }
  }

  private static Optional<String> told(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
