package dev.llmconfig.domain;

import java.util.List;

/// Whether what was asked can be sent to a model at all.
public sealed interface ParameterDecision {

  record Send(EffectiveParameters effective) implements ParameterDecision {}

  /// Nothing new is delivered; the last good delivery stays.
  record Refuse(Reason reason, List<Problem> problems) implements ParameterDecision {
    public Refuse {
      problems = List.copyOf(problems);
    }
  }

  /// The reasons of the condition `Accepted` that parameters can cause.
  enum Reason {
    ParameterOutOfRange,
    ParameterUnsupported
  }
}
