package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// That somebody did something, or tried to.
///
/// @param id a number here, with where it was seen
/// @param actor a person, or the field manager that wrote; absent where nobody knows
/// @param via `Playground` with a session, `Api` with a token, `Cluster` past this API
public record AuditEntry(
    String id,
    String at,
    @Nullable String actor,
    String via,
    String action,
    @Nullable String object,
    @Nullable String namespace,
    String result,
    @Nullable String reason,
    @Nullable String address,
    @Nullable List<Field> changes) {

  /// What was changed; of what may be a key only that it was.
  ///
  /// @param from absent for what was not there
  /// @param to absent for what is gone
  public record Field(
      String field, @Nullable JsonNode from, @Nullable JsonNode to, @Nullable Boolean changed) {}
}
