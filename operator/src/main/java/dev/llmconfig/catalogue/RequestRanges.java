package dev.llmconfig.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.RequestFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The ranges that one request format and one model have beyond those of all. What is outside is
/// never changed silently: it is refused, whatever the policy.
final class RequestRanges {

  private static final long RESPONSES_MINIMUM = 16;
  private static final List<String> GEMINI_FIELDS =
      List.of("maxOutputTokens", "stopSequences", "temperature", "thinkingConfig", "topP");

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
    if (format == RequestFormat.Responses
        && asked.maxOutputTokens().orElse(RESPONSES_MINIMUM) < RESPONSES_MINIMUM) {
      problems.add(
          problem(
              Parameter.MaxOutputTokens,
              "maxOutputTokens must be %d or more for %s, not %d."
                  .formatted(RESPONSES_MINIMUM, model.id(), asked.maxOutputTokens().getAsLong())));
    }
    int stops = mostStops(format);
    if (asked.stopSequences().size() > stops) {
      problems.add(
          problem(
              Parameter.StopSequences,
              "stopSequences takes at most %d entries for %s, not %d."
                  .formatted(stops, model.id(), asked.stopSequences().size())));
    }
    for (String path : shadowing(asked, model, format)) {
      problems.add(
          problem(
              Parameter.Extra,
              "extra may not contain %s; use the field that has this meaning.".formatted(path)));
    }
    return problems;
  }

  private static Problem problem(Parameter name, String sentence) {
    return new Problem("parameters." + name.field(), sentence);
  }

  private static BigDecimal hottest(ModelFacts model, RequestFormat format) {
    return switch (format) {
      case Messages -> BigDecimal.ONE;
      case GenerateContent -> model.facts().value(Attribute.MAX_TEMPERATURE).orElse(BigDecimal.TWO);
      case ChatCompletions, Responses -> BigDecimal.TWO;
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

  /// The names of our own fields that are nested, so that the general list cannot hold them.
  private static List<String> shadowing(Parameters asked, ModelFacts model, RequestFormat format) {
    var extra = asked.extra();
    return switch (format) {
      case ChatCompletions -> List.of();
      case Responses -> named(extra, "reasoning", List.of("effort"));
      case Messages -> {
        var paths = new ArrayList<>(named(extra, "output_config", List.of("effort")));
        boolean ours =
            asked.reasoningEffort().isPresent()
                || EffortStyle.of(format, model.family()) == EffortStyle.ClaudeBudget;
        if (extra.has("thinking") && ours) {
          paths.add("thinking");
        } else {
          paths.addAll(named(extra, "thinking", List.of("budget_tokens")));
        }
        yield paths;
      }
      case GenerateContent -> named(extra, "generationConfig", GEMINI_FIELDS);
    };
  }

  /// Which of the names an object of `extra` holds; the object's own name where it is no object.
  private static List<String> named(ObjectNode extra, String object, List<String> names) {
    var node = extra.path(object);
    if (!node.isMissingNode() && !node.isObject()) {
      return List.of(object);
    }
    return names.stream().filter(node::has).map(name -> object + "." + name).toList();
  }
}
