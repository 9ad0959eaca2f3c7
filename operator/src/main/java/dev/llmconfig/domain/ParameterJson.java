package dev.llmconfig.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ReasoningEffort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Optional;
import java.util.stream.Stream;

/// Parameters as one JSON object in their neutral names, as a status keeps them.
public final class ParameterJson {

  private ParameterJson() {}

  public static ObjectNode write(Parameters parameters) {
    var object = JsonNodeFactory.instance.objectNode();
    parameters.values().forEach((name, value) -> object.set(name.field(), value.json()));
    return object;
  }

  /// Empty where something in it is not understood: part of what was sent is not what was sent.
  public static Optional<Parameters> read(ObjectNode object) {
    var values = new EnumMap<Parameter, ParameterValue>(Parameter.class);
    for (var field : object.properties()) {
      var name =
          Stream.of(Parameter.values())
              .filter(one -> one.field().equals(field.getKey()))
              .findFirst();
      var value = name.flatMap(one -> value(one, field.getValue()));
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      values.put(name.get(), value.get());
    }
    return Parameters.of(values) instanceof Validated.Valid<Parameters>(var parameters)
        ? Optional.of(parameters)
        : Optional.empty();
  }

  /// Empty for a value of another type, or a number beyond all measure.
  public static Optional<ParameterValue> value(Parameter name, JsonNode node) {
    return switch (name) {
      case Temperature, TopP ->
          node.isNumber() && ParameterValue.Decimal.writable(node.decimalValue())
              ? Optional.of(new ParameterValue.Decimal(node.decimalValue()))
              : Optional.empty();
      case MaxOutputTokens, TimeoutSeconds ->
          node.isNumber() && node.canConvertToLong()
              ? Optional.of(new ParameterValue.Whole(node.longValue()))
              : Optional.empty();
      case StopSequences -> texts(node);
      case ReasoningEffort ->
          Stream.of(ReasoningEffort.values())
              .filter(level -> level.name().equals(node.asText()))
              .<ParameterValue>map(ParameterValue.Effort::new)
              .findFirst();
      case Extra ->
          node instanceof ObjectNode fields
              ? Optional.of(new ParameterValue.Fields(fields))
              : Optional.empty();
    };
  }

  private static Optional<ParameterValue> texts(JsonNode node) {
    if (!node.isArray()) {
      return Optional.empty();
    }
    var texts = new ArrayList<String>();
    node.forEach(text -> texts.add(text.asText()));
    return Optional.of(new ParameterValue.Texts(texts));
  }
}
