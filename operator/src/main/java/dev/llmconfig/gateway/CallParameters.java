package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterJson;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a caller asks of a model for one call, and what comes of it beside what is applied.
final class CallParameters {

  private static final String FIELD = "parameters";
  private static final String KNOWN =
      Stream.of(Parameter.values())
          .map(Parameter::field)
          .sorted()
          .collect(Collectors.joining(", ", "known are ", "."));

  private CallParameters() {}

  /// Everything that is wrong at once; no value is repeated but numbers.
  static Validated<Parameters> read(ObjectNode sent) {
    var values = new EnumMap<Parameter, ParameterValue>(Parameter.class);
    var problems = new ArrayList<Problem>();
    for (var field : sent.properties()) {
      var name =
          Stream.of(Parameter.values())
              .filter(one -> one.field().equals(field.getKey()))
              .findFirst();
      if (name.isEmpty()) {
        // Not by its name: it may be anything.
        problems.add(new Problem(FIELD, "There is a parameter that is not known here; " + KNOWN));
        continue;
      }
      ParameterJson.value(name.get(), field.getValue())
          .ifPresentOrElse(
              value -> values.put(name.get(), value),
              () ->
                  problems.add(
                      new Problem(
                          FIELD + "." + name.get().field(),
                          name.get().field() + " has a value of another type.")));
    }
    return problems.isEmpty() ? Parameters.of(values) : new Validated.Invalid<>(problems);
  }

  /// The caller's value goes first; of `extra` that is field by field.
  static Parameters over(Parameters applied, Parameters asked) {
    Map<Parameter, ParameterValue> values = new TreeMap<>(applied.values());
    values.putAll(asked.values());
    if (!applied.extra().isEmpty() && !asked.extra().isEmpty()) {
      ObjectNode extra = applied.extra();
      extra.setAll(asked.extra());
      values.put(Parameter.Extra, new ParameterValue.Fields(extra));
    }
    return Parameters.of(values) instanceof Validated.Valid<Parameters>(var both) ? both : asked;
  }

  static Optional<List<Problem>> problems(Validated<Parameters> read) {
    return read instanceof Validated.Invalid<Parameters>(var problems)
        ? Optional.of(problems)
        : Optional.empty();
  }
}
