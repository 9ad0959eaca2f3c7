package dev.llmconfig.plan;

import dev.llmconfig.agent.ModelTraits;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterBasis;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterNote;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What became of the parameters of a ModelConfig.
sealed interface ParameterResult {

  record Refused(ConditionReason reason, List<Problem> problems) implements ParameterResult {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// They are sent like this.
  ///
  /// @param honoured of the condition `ParametersHonoured`, as far as the model decides it
  /// @param otherwise those that would be sent otherwise if it were decided today
  record Sent(
      Parameters effective,
      ConditionReason honoured,
      List<ParameterOutcome> outcomes,
      List<ParameterNote> notes,
      ParameterBasis basis,
      Set<Parameter> otherwise)
      implements ParameterResult {
    public Sent {
      outcomes = List.copyOf(outcomes);
      notes = List.copyOf(notes);
      otherwise = Set.copyOf(otherwise);
    }
  }

  /// Decided by what is known today; but while the same is declared as when the last good settings
  /// were applied, what was decided then stands. Otherwise a newer catalogue, which comes with a
  /// newer operator, would restart agents.
  static ParameterResult of(
      ParameterQuestion question, ModelFacts facts, Optional<AppliedRevision> applied) {
    var today = question.decide(facts);
    var declared = question.name();
    return applied
        .filter(before -> before.basis().declared().equals(declared))
        .<ParameterResult>map(before -> KeptParameters.of(question, before, today))
        .orElseGet(() -> decided(declared, facts, today));
  }

  private static ParameterResult decided(
      String declared, ModelFacts facts, ParameterDecision today) {
    return switch (today) {
      case ParameterDecision.Refuse(var reason, var problems) -> new Refused(reason, problems);
      case ParameterDecision.Send(var sent) -> {
        var traits = ModelTraits.of(facts, sent.values());
        yield new Sent(
            sent.values(),
            sent.honoured(),
            sent.outcomes(),
            sent.notes(),
            new ParameterBasis(
                declared,
                sent.tokenField(),
                traits.onlyTemperatureOne(),
                traits.refusesTopP(),
                traits.reasons(),
                traits.contextTokens()),
            Set.of());
      }
    };
  }
}
