package dev.llmconfig.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/// JSON for columns, in a fixed order: the same object gives the same text.
final class Json {

  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build()
          .writer();

  private Json() {}

  static String text(@Nullable Object value) {
    if (value == null) {
      return "{}";
    }
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("what was read from JSON can be written", impossible);
    }
  }
}
