package dev.llmconfig.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.TokenField;
import java.util.List;

/// What one model is sent of what was asked, in neutral names and as fields of its request. `wire`
/// holds no timeout, because that is the client's own.
public record EffectiveParameters(
    Parameters values,
    TokenField tokenField,
    ObjectNode wire,
    ConditionReason honoured,
    List<ParameterOutcome> outcomes,
    List<ParameterNote> notes) {

  public EffectiveParameters {
    wire = wire.deepCopy();
    outcomes = List.copyOf(outcomes);
    notes = List.copyOf(notes);
  }

  /// A copy of its own for each caller.
  @Override
  public ObjectNode wire() {
    return wire.deepCopy();
  }
}
