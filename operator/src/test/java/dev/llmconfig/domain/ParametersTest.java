package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.ParameterValue.Decimal;
import dev.llmconfig.domain.ParameterValue.Effort;
import dev.llmconfig.domain.ParameterValue.Fields;
import dev.llmconfig.domain.ParameterValue.Texts;
import dev.llmconfig.domain.ParameterValue.Whole;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0, 0",
    "-0.0, 0",
    "0E-999999999, 0",
    "2, 2",
    "2.00, 2",
    "0.20, 0.2",
    "1E-6, 0.000001",
    "0.30000000000000004, 0.30000000000000004"
  })
  void writesNumbersAsPlainDecimals(String asked, String text) {
    var parameters = valid(Map.of(Parameter.Temperature, Decimal.of(asked)));

    assertThat(parameters.get(Parameter.Temperature).orElseThrow().text()).isEqualTo(text);
    assertThat(parameters.get(Parameter.Temperature).orElseThrow().json()).hasToString(text);
  }

  @Test
  void holdsOneValueForNumbersThatAreEqual() {
    assertThat(valid(Map.of(Parameter.Temperature, Decimal.of("0.0"))))
        .isEqualTo(valid(Map.of(Parameter.Temperature, Decimal.of("0"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0.1",
        "2.0001",
        "1E999999999",
        "-1E999999999",
        "1E-7",
        "1E-999999999",
        "1.0000000000000000000001"
      })
  void refusesTemperatureOutsideItsRange(String asked) {
    assertThat(problems(Map.of(Parameter.Temperature, Decimal.of(asked)))).hasSize(1);
  }

  @Test
  void namesEveryProblemAtOnce() {
    var problems =
        problems(
            Map.of(
                Parameter.Temperature, Decimal.of("3"),
                Parameter.TopP, Decimal.of("1.1"),
                Parameter.MaxOutputTokens, new Whole(0),
                Parameter.TimeoutSeconds, new Whole(3601),
                Parameter.StopSequences, new Texts(Collections.nCopies(9, "")),
                Parameter.Extra, new Fields(object().put("stop", "x").put("top_p", 1))));

    assertThat(problems)
        .extracting(Problem::field, Problem::sentence)
        .containsExactly(
            pair("temperature", "temperature must be between 0 and 2, not 3."),
            pair("topP", "topP must be between 0 and 1, not 1.1."),
            pair("maxOutputTokens", "maxOutputTokens must be 1 or more, not 0."),
            pair("stopSequences", "stopSequences takes at most 8 entries, not 9."),
            pair("stopSequences", "stopSequences has an empty entry; remove it."),
            pair("timeoutSeconds", "timeoutSeconds must be between 1 and 3600, not 3601."),
            pair("extra", "extra may not contain top_p: use spec.parameters.topP."),
            pair("extra", "extra may not contain stop: use spec.parameters.stopSequences."));
  }

  @Test
  void takesEveryBoundary() {
    var parameters =
        valid(
            Map.of(
                Parameter.Temperature, Decimal.of("2"),
                Parameter.TopP, Decimal.of("1"),
                Parameter.MaxOutputTokens, new Whole(1),
                Parameter.TimeoutSeconds, new Whole(3600),
                Parameter.StopSequences, new Texts(Collections.nCopies(8, "\n")),
                Parameter.ReasoningEffort, new Effort(ReasoningEffort.XHigh)));

    assertThat(parameters.topP()).hasValueSatisfying(value -> assertThat(value).isEqualTo("1"));
    assertThat(parameters.maxOutputTokens()).hasValue(1);
    assertThat(parameters.timeoutSeconds()).hasValue(3600);
    assertThat(parameters.stopSequences()).hasSize(8).containsOnly("\n");
    assertThat(parameters.reasoningEffort()).contains(ReasoningEffort.XHigh);
  }

  @Test
  void countsExtraInBytesOfCompactJson() {
    var overhead = "{\"a\":\"\"}".length();
    var fits = object().put("a", "é".repeat((16 * 1024 - overhead) / 2));
    var tooLarge = object().put("a", "é".repeat((16 * 1024 - overhead) / 2) + "x");

    assertThat(valid(Map.of(Parameter.Extra, new Fields(fits))).extra()).isEqualTo(fits);
    assertThat(problems(Map.of(Parameter.Extra, new Fields(tooLarge))))
        .extracting(Problem::sentence)
        .containsExactly("extra takes at most 16384 bytes of JSON, not 16385.");
  }

  @Test
  void treatsEmptyListAndEmptyObjectAsUnset() {
    assertThat(
            valid(
                Map.of(
                    Parameter.StopSequences,
                    new Texts(List.of()),
                    Parameter.Extra,
                    new Fields(object()))))
        .isEqualTo(Parameters.none());
  }

  @Test
  void doesNotShareTheExtraObjectWithItsCallers() {
    var given = object().put("seed", 1);
    var parameters = valid(Map.of(Parameter.Extra, new Fields(given)));

    given.put("seed", 2);
    parameters.extra().put("seed", 3);

    assertThat(parameters.extra()).isEqualTo(object().put("seed", 1));
  }

  @Test
  void refusesValuesOfAnotherKind() {
    assertThatThrownBy(() -> Parameters.of(Map.of(Parameter.Temperature, new Whole(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature");
  }

  private static org.assertj.core.groups.Tuple pair(String name, String sentence) {
    return org.assertj.core.api.Assertions.tuple("parameters." + name, sentence);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Parameters valid(Map<Parameter, ParameterValue> asked) {
    return switch (Parameters.of(asked)) {
      case Validated.Valid(var parameters) -> parameters;
      case Validated.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  private static List<Problem> problems(Map<Parameter, ParameterValue> asked) {
    return switch (Parameters.of(asked)) {
      case Validated.Valid(var parameters) -> throw new AssertionError(parameters);
      case Validated.Invalid(var problems) -> problems;
    };
  }
}
