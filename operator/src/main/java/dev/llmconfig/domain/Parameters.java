package dev.llmconfig.domain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ReasoningEffort;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is asked of a model, in neutral names. Only what is set is here, because what is unset is
/// never sent (traps E6); every value is inside the range that holds for all providers. What one
/// model takes of it is decided in `catalogue`.
public record Parameters(SortedMap<Parameter, ParameterValue> values) {

  private static final Parameters NONE = new Parameters(new TreeMap<>());

  public Parameters {
    var problems = ParameterRanges.problems(values);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.getFirst().sentence());
    }
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public static Parameters none() {
    return NONE;
  }

  /// The door for anything from outside. An empty list and an empty object are unset.
  public static Validated<Parameters> of(Map<Parameter, ParameterValue> asked) {
    var set = new EnumMap<Parameter, ParameterValue>(Parameter.class);
    asked.forEach((name, value) -> {
      if (!empty(value)) {
        set.put(name, value);
      }
    });
    var problems = ParameterRanges.problems(set);
    return problems.isEmpty()
        ? new Validated.Valid<>(new Parameters(new TreeMap<>(set)))
        : new Validated.Invalid<>(problems);
  }

  /// Why they could be asked of no model at all; empty where they could.
  public static List<Problem> problems(Map<Parameter, ParameterValue> asked) {
    return ParameterRanges.problems(asked);
  }

  public Optional<ParameterValue> get(Parameter name) {
    return Optional.ofNullable(values.get(name));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public Optional<BigDecimal> temperature() {
    return decimal(Parameter.Temperature);
  }

  public Optional<BigDecimal> topP() {
    return decimal(Parameter.TopP);
  }

  public OptionalLong maxOutputTokens() {
    return whole(Parameter.MaxOutputTokens);
  }

  /// Empty when unset.
  public List<String> stopSequences() {
    return values.get(Parameter.StopSequences) instanceof ParameterValue.Texts(var texts)
        ? texts
        : List.of();
  }

  public Optional<ReasoningEffort> reasoningEffort() {
    return values.get(Parameter.ReasoningEffort) instanceof ParameterValue.Effort(var level)
        ? Optional.of(level)
        : Optional.empty();
  }

  public OptionalLong timeoutSeconds() {
    return whole(Parameter.TimeoutSeconds);
  }

  /// Empty when unset; a copy of its own for each caller.
  public ObjectNode extra() {
    return values.get(Parameter.Extra) instanceof ParameterValue.Fields fields
        ? fields.object()
        : JsonNodeFactory.instance.objectNode();
  }

  private Optional<BigDecimal> decimal(Parameter name) {
    return values.get(name) instanceof ParameterValue.Decimal(var value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private OptionalLong whole(Parameter name) {
    return values.get(name) instanceof ParameterValue.Whole(var value)
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }

  private static boolean empty(ParameterValue value) {
    return switch (value) {
      case ParameterValue.Texts(var texts) -> texts.isEmpty();
      case ParameterValue.Fields fields -> fields.object().isEmpty();
      case ParameterValue.Decimal _, ParameterValue.Whole _, ParameterValue.Effort _ -> false;
    };
  }
}
