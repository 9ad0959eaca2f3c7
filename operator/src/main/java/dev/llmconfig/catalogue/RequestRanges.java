package dev.llmconfig.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.RequestFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The ranges that one request format and one model have beyond those of all. What is outside is
/// never changed silently: it is refused, whatever the policy.
final class RequestRanges {

  private static final long RESPONSES_MINIMUM = 16;
  private static final SortedMap<String, Parameter> EFFORT_WORD =
      new TreeMap<>(Map.of("effort", Parameter.ReasoningEffort));
  private static final SortedMap<String, Parameter> BUDGET =
      new TreeMap<>(Map.of("budget_tokens", Parameter.ReasoningEffort));
  private static final SortedMap<String, Parameter> GEMINI =
      new TreeMap<>(
          Map.of(
              "maxOutputTokens", Parameter.MaxOutputTokens,
              "stopSequences", Parameter.StopSequences,
              "temperature", Parameter.Temperature,
              "thinkingConfig", Parameter.ReasoningEffort,
              "topP", Parameter.TopP));

  private RequestRanges() {}

  static List<Problem> problems(Parameters asked, ModelFacts model, RequestFormat format) {
    var problems = new ArrayList<Problem>();
    asked
        .temperature()
        .filter(value -> value.compareTo(hottest(model, format)) > 0)
        .ifPresent(value ->
            problems.add(
                problem(
                    Parameter.Temperature,
                    "temperature must be between 0 and %s for %s, not %s."
                        .formatted(
                            hottest(model, format).toPlainString(),
                            model.id(),
                            value.toPlainString()))));
    var fewest = fewestTokens(format);
    if (asked.maxOutputTokens().orElse(fewest) < fewest) {
      problems.add(
          problem(
              Parameter.MaxOutputTokens,
              "maxOutputTokens must be %d or more for %s, not %d."
                  .formatted(fewest, model.id(), asked.maxOutputTokens().getAsLong())));
    }
    int stops = mostStops(format);
    if (asked.stopSequences().size() > stops) {
      problems.add(
          problem(
              Parameter.StopSequences,
              "stopSequences takes at most %d entries for %s, not %d."
                  .formatted(stops, model.id(), asked.stopSequences().size())));
    }
    for (String sentence : shadowing(asked, model, format)) {
      problems.add(problem(Parameter.Extra, sentence));
    }
    return problems;
  }

  private static Problem problem(Parameter name, String sentence) {
    return new Problem("parameters." + name.field(), sentence);
  }

  static BigDecimal hottest(ModelFacts model, RequestFormat format) {
    return switch (format) {
      case Messages -> BigDecimal.ONE;
      case GenerateContent -> model.facts().value(Attribute.MAX_TEMPERATURE).orElse(BigDecimal.TWO);
      case ChatCompletions, Responses -> BigDecimal.TWO;
    };
  }

  static long fewestTokens(RequestFormat format) {
    return switch (format) {
      case Responses -> RESPONSES_MINIMUM;
      case ChatCompletions, Messages, GenerateContent -> 1;
    };
  }

  private static int mostStops(RequestFormat format) {
    return switch (format) {
      case ChatCompletions -> 4;
      case GenerateContent -> 5;
      // Anthropic names no number, and Responses takes none at all, which is no matter of range.
      case Messages, Responses -> Integer.MAX_VALUE;
    };
  }

  /// The general list of reserved names cannot hold our own fields that are nested.
  private static List<String> shadowing(Parameters asked, ModelFacts model, RequestFormat format) {
    var extra = asked.extra();
    return switch (format) {
      case ChatCompletions -> List.of();
      case Responses -> reserved(extra, "reasoning", EFFORT_WORD);
      case Messages -> {
        var sentences = new ArrayList<>(reserved(extra, "output_config", EFFORT_WORD));
        boolean ours =
            asked.reasoningEffort().isPresent()
                || EffortStyle.of(format, model.family()) == EffortStyle.ClaudeBudget;
        if (ours && extra.has("thinking")) {
          sentences.add(reserved("thinking", Parameter.ReasoningEffort));
        } else {
          sentences.addAll(reserved(extra, "thinking", BUDGET));
        }
        yield sentences;
      }
      case GenerateContent -> reserved(extra, "generationConfig", GEMINI);
    };
  }

  private static List<String> reserved(
      ObjectNode extra, String object, SortedMap<String, Parameter> names) {
    var node = extra.path(object);
    if (!node.isMissingNode() && !node.isObject()) {
      return List.of("extra.%s must be an object.".formatted(object));
    }
    return names.entrySet().stream()
        .filter(name -> node.has(name.getKey()))
        .map(name -> reserved(object + "." + name.getKey(), name.getValue()))
        .toList();
  }

  private static String reserved(String path, Parameter instead) {
    return "extra may not contain %s: use spec.parameters.%s.".formatted(path, instead.field());
  }
}
