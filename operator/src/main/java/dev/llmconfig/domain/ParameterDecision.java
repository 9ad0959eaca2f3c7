package dev.llmconfig.domain;

import dev.llmconfig.api.ConditionReason;
import java.util.List;

/// Whether what was asked can be sent to a model at all.
public sealed interface ParameterDecision {

  record Send(EffectiveParameters effective) implements ParameterDecision {}

  /// `reason` is that of the condition `Accepted`. Nothing new is delivered; the last good delivery
  /// stays.
  record Refuse(ConditionReason reason, List<Problem> problems) implements ParameterDecision {
    public Refuse {
      problems = List.copyOf(problems);
    }
  }
}
