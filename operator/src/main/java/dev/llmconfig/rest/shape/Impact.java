package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.store.Effects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change would do.
///
/// @param object the spec as it would be
/// @param restarts how many agents would be restarted
/// @param hotSwitches how many would go on with the new settings without that
/// @param agents those that are concerned, each with what becomes of it in the end
/// @param truncated there are more of them
public record Impact(
    boolean dryRun,
    ObjectNode object,
    List<FieldChange> changes,
    int restarts,
    int hotSwitches,
    List<OfAgent> agents,
    boolean truncated,
    List<Warning> warnings) {

  /// What becomes of one agent.
  public record OfAgent(String id, Effects.Effect effect) {}

  /// One field.
  ///
  /// @param from absent for what was not there
  /// @param to absent for what goes
  /// @param changed true where neither is shown
  public record FieldChange(
      String field, @Nullable JsonNode from, @Nullable JsonNode to, @Nullable Boolean changed) {}
}
