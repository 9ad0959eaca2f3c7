package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change would do.
///
/// @param object the spec as it would be
public record Impact(
    boolean dryRun, ObjectNode object, List<FieldChange> changes, List<Warning> warnings) {

  /// One field.
  ///
  /// @param from absent for what was not there
  /// @param to absent for what goes
  /// @param changed true where neither is shown
  public record FieldChange(
      String field, @Nullable JsonNode from, @Nullable JsonNode to, @Nullable Boolean changed) {}
}
