package dev.llmconfig.domain;

import dev.llmconfig.api.ReasoningEffort;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a spec through the door of [Parsing].
final class ParsingParameters {

  private static final String FIELD = "spec.parameters";

  private final ParsingProblems problems;

  ParsingParameters(ParsingProblems problems) {
    this.problems = problems;
  }

  Parameters read(dev.llmconfig.api.v1alpha1.@Nullable Parameters declared) {
    if (declared == null) {
      return Parameters.none();
    }
    return switch (Parameters.of(values(declared))) {
      case Validated.Valid<Parameters>(var parameters) -> parameters;
      case Validated.Invalid<Parameters>(var found) -> {
        found.forEach(one -> problems.add("spec." + one.field(), one.sentence()));
        yield Parameters.none();
      }
    };
  }

  private Map<Parameter, ParameterValue> values(dev.llmconfig.api.v1alpha1.Parameters declared) {
    var values = new EnumMap<Parameter, ParameterValue>(Parameter.class);
    decimal(values, Parameter.Temperature, declared.getTemperature());
    decimal(values, Parameter.TopP, declared.getTopP());
    whole(values, Parameter.MaxOutputTokens, declared.getMaxOutputTokens());
    whole(values, Parameter.TimeoutSeconds, declared.getTimeoutSeconds());
    if (declared.getStopSequences() != null) {
      values.put(
          Parameter.StopSequences,
          new ParameterValue.Texts(ParsingProblems.texts(declared.getStopSequences())));
    }
    problems
        .given(
            declared,
            FIELD + ".reasoningEffort",
            declared.getReasoningEffort(),
            ReasoningEffort.class)
        .ifPresent(
            level -> values.put(Parameter.ReasoningEffort, new ParameterValue.Effort(level)));
    if (declared.getExtra() != null) {
      values.put(Parameter.Extra, new ParameterValue.Fields(declared.getExtra()));
    }
    return values;
  }

  /// Through its text: the shortest decimal that is this number is the one that was written.
  private static void decimal(
      Map<Parameter, ParameterValue> values, Parameter name, @Nullable Double number) {
    if (number != null && Double.isFinite(number)) {
      values.put(name, new ParameterValue.Decimal(BigDecimal.valueOf(number)));
    }
  }

  private static void whole(
      Map<Parameter, ParameterValue> values, Parameter name, @Nullable Integer number) {
    if (number != null) {
      values.put(name, new ParameterValue.Whole(number));
    }
  }
}
