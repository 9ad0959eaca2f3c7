package dev.llmconfig.rest.shape;

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

  /// What was changed, and not to what: the value may be a key.
  public record Field(String field, boolean changed) {}
}
