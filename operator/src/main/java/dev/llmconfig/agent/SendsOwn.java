package dev.llmconfig.agent;

import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Validated;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a framework sends although nobody asked.
final class SendsOwn {

  private static final List<Parameter> DECIMALS = List.of(Parameter.Temperature, Parameter.TopP);
  private static final List<Parameter> WHOLES =
      List.of(Parameter.MaxOutputTokens, Parameter.TimeoutSeconds);

  private SendsOwn() {}

  static Parameters read(Section section) {
    Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
    for (Parameter name : DECIMALS) {
      section
          .parsed(name.field(), "a number", SendsOwn::decimal)
          .ifPresent(value -> values.put(name, value));
    }
    for (Parameter name : WHOLES) {
      section
          .parsed(name.field(), "a whole number", SendsOwn::whole)
          .ifPresent(value -> values.put(name, value));
    }
    section.noUnknownFields();
    return switch (Parameters.of(values)) {
      case Validated.Valid<Parameters>(var parameters) -> parameters;
      case Validated.Invalid<Parameters>(var problems) -> {
        problems.forEach(problem ->
            section.problem(
                problem.field().substring(problem.field().indexOf('.') + 1), problem.sentence()));
        yield Parameters.none();
      }
    };
  }

  private static Optional<ParameterValue> decimal(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")
        ? Optional.of(new ParameterValue.Decimal(new BigDecimal(text)))
        : Optional.empty();
  }

  private static Optional<ParameterValue> whole(String text) {
    return text.matches("[0-9]{1,9}")
        ? Optional.of(new ParameterValue.Whole(Long.parseLong(text)))
        : Optional.empty();
  }
}
