package dev.llmconfig.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// What a change would make of an object.
///
/// @param after as it would be
/// @param others configs that are changed along with it, as they would be
public record Preview(Stored after, List<Change> changes, List<Stored> others) {

  /// Of one object alone.
  public Preview(Stored after, List<Change> changes) {
    this(after, changes, List.of());
  }

  /// One field.
  ///
  /// @param from empty for what was not there, and for what is nobody's to read
  /// @param to empty for what goes, and for what is nobody's to read
  public record Change(String field, Optional<JsonNode> from, Optional<JsonNode> to) {}

  public Preview {
    changes = List.copyOf(changes);
    others = List.copyOf(others);
  }
}
