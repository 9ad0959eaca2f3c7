package dev.llmconfig.plan;

import dev.llmconfig.agent.Rendering;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.catalogue.ModelFacts;
import java.util.List;
import java.util.Optional;

/// Whether a ModelConfig can be used as it is declared.
sealed interface Acceptance {

  /// Its key is just being changed: nothing can be said before the key's status has caught up.
  record Unsettled() implements Acceptance {}

  /// It cannot. Nothing new is delivered, and nothing is taken away.
  ///
  /// @param findings at least one; the first is the reason of the condition
  /// @param facts of the model for people, where its provider is known
  record Refused(List<Finding> findings, Optional<ModelFacts> facts) implements Acceptance {
    public Refused {
      findings = List.copyOf(findings);
    }
  }

  /// It can.
  ///
  /// @param rendering with the profile that it names; empty where nothing is delivered
  /// @param facts of the model, for people
  record Accepted(
      Wanted wanted,
      ParameterResult.Sent parameters,
      Optional<Rendering.Rendered> rendering,
      ModelFacts facts)
      implements Acceptance {}

  /// One thing that is wrong, and what to do.
  record Finding(ConditionReason reason, String sentence) {}

  default Optional<Accepted> accepted() {
    return this instanceof Accepted accepted ? Optional.of(accepted) : Optional.empty();
  }

  /// Of the model, for people; empty while its provider is not known.
  default Optional<ModelFacts> model() {
    return switch (this) {
      case Unsettled _ -> Optional.empty();
      case Refused(_, var facts) -> facts;
      case Accepted(_, _, _, var facts) -> Optional.of(facts);
    };
  }
}
