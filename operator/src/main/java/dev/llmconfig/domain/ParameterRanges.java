package dev.llmconfig.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ReservedParameter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The ranges that hold for every provider; the CRD says the same, and REST and the command line
/// come through here as well.
final class ParameterRanges {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal SMALLEST = new BigDecimal("0.000001");
  private static final int DECIMAL_PLACES = 20;
  private static final int STOPS = 8;
  private static final int STOP_LENGTH = 256;
  private static final int EXTRA_FIELDS = 64;
  private static final int EXTRA_BYTES = 16 * 1024;

  private ParameterRanges() {}

  static List<Problem> problems(Map<Parameter, ParameterValue> values) {
    var problems = new ArrayList<Problem>();
    values.forEach((name, value) -> {
      for (String sentence : check(name, value)) {
        problems.add(new Problem("parameters." + name.field(), sentence));
      }
    });
    return problems;
  }

  private static List<String> check(Parameter name, ParameterValue value) {
    return switch (value) {
      case ParameterValue.Decimal(var number) when name == Parameter.Temperature ->
          decimal(name, number, TWO);
      case ParameterValue.Decimal(var number) when name == Parameter.TopP ->
          decimal(name, number, BigDecimal.ONE);
      case ParameterValue.Whole(var number) when name == Parameter.MaxOutputTokens ->
          number >= 1
              ? List.of()
              : List.of("maxOutputTokens must be 1 or more, not " + number + ".");
      case ParameterValue.Whole(var number) when name == Parameter.TimeoutSeconds ->
          number >= 1 && number <= 3600
              ? List.of()
              : List.of("timeoutSeconds must be between 1 and 3600, not " + number + ".");
      case ParameterValue.Effort _ when name == Parameter.ReasoningEffort -> List.of();
      case ParameterValue.Texts(var texts) when name == Parameter.StopSequences -> stops(texts);
      case ParameterValue.Fields fields when name == Parameter.Extra -> extra(fields.object());
      case ParameterValue.Decimal _,
          ParameterValue.Whole _,
          ParameterValue.Effort _,
          ParameterValue.Texts _,
          ParameterValue.Fields _ ->
          throw new IllegalArgumentException(name.field() + " has another type of value");
    };
  }

  private static List<String> decimal(Parameter name, BigDecimal number, BigDecimal most) {
    if (number.signum() < 0 || number.compareTo(most) > 0) {
      return List.of("%s must be between 0 and %s, not %s.".formatted(name.field(), most, number));
    }
    // Below this BigDecimal prints an exponent, and 1e-999999999 is a short number to read only.
    if (number.signum() > 0 && number.compareTo(SMALLEST) < 0) {
      return List.of(
          "%s must be 0, or %s or more, not %s.".formatted(name.field(), SMALLEST, number));
    }
    return number.scale() <= DECIMAL_PLACES
        ? List.of()
        : List.of("%s has more than %d decimal places.".formatted(name.field(), DECIMAL_PLACES));
  }

  private static List<String> stops(List<String> texts) {
    var sentences = new ArrayList<String>();
    if (texts.size() > STOPS) {
      sentences.add(
          "stopSequences takes at most %d entries, not %d.".formatted(STOPS, texts.size()));
    }
    if (texts.stream().anyMatch(String::isEmpty)) {
      sentences.add("stopSequences has an empty entry; remove it.");
    }
    if (texts.stream().anyMatch(text -> text.length() > STOP_LENGTH)) {
      sentences.add(
          "stopSequences has an entry of more than %d characters.".formatted(STOP_LENGTH));
    }
    return sentences;
  }

  private static List<String> extra(ObjectNode object) {
    var sentences = new ArrayList<String>();
    for (var reserved : ReservedParameter.values()) {
      if (object.has(reserved.key())) {
        sentences.add("extra may not contain %s: %s.".formatted(reserved.key(), reserved.remedy()));
      }
    }
    if (object.size() > EXTRA_FIELDS) {
      sentences.add(
          "extra takes at most %d fields, not %d.".formatted(EXTRA_FIELDS, object.size()));
    }
    int bytes = object.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > EXTRA_BYTES) {
      sentences.add("extra takes at most %d bytes of JSON, not %d.".formatted(EXTRA_BYTES, bytes));
    }
    return sentences;
  }
}
