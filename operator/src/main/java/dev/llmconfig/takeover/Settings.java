package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ReasoningEffort;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Parameters of a request under the names of other tools, as ours. One that ours cannot be is left
/// and told of; one that ours do not name is passed through.
final class Settings {

  private static final Set<String> PASSED =
      Set.of(
          "frequency_penalty",
          "presence_penalty",
          "seed",
          "top_k",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "n",
          "user",
          "response_format",
          "parallel_tool_calls",
          "service_tier",
          "thinking",
          "min_p",
          "repetition_penalty");

  private static final Map<String, String> NAMED =
      Map.of(
          "temperature", "temperature",
          "top_p", "topP",
          "max_tokens", "maxOutputTokens",
          "max_completion_tokens", "maxOutputTokens",
          "max_output_tokens", "maxOutputTokens",
          "timeout", "timeoutSeconds",
          "request_timeout", "timeoutSeconds",
          "reasoning_effort", "reasoningEffort",
          "stop", "stopSequences");

  private final ObjectNode parameters;
  private final Taken taken;

  Settings(ObjectNode parameters, Taken taken) {
    this.parameters = parameters;
    this.taken = taken;
  }

  /// Whether this is a parameter at all.
  static boolean known(String name) {
    return NAMED.containsKey(name) || PASSED.contains(name);
  }

  /// @param where its place in the text
  void put(String where, String name, JsonNode value) {
    var ours = NAMED.get(name);
    if (ours == null) {
      pass(where, name, value);
    } else if (parameters.has(ours)) {
      taken.leave(where, "is parameters." + ours + " once more; the first one is kept.");
    } else if (!set(ours, value)) {
      taken.leave(
          where, "its value is out of the range of parameters." + ours + ", so it is left out.");
    }
  }

  void pass(String where, String name, JsonNode value) {
    var extra = parameters.withObjectProperty("extra");
    if (extra.has(name)) {
      taken.leave(where, "is there once more; the first one is kept.");
    } else {
      extra.set(name, value);
    }
  }

  /// A number that is written as a text.
  static JsonNode number(JsonNode value) {
    return value.isTextual()
        ? decimal(value).<JsonNode>map(DecimalNode::valueOf).orElse(value)
        : value;
  }

  private boolean set(String ours, JsonNode value) {
    return switch (ours) {
      case "temperature" -> number(ours, value, 2);
      case "topP" -> number(ours, value, 1);
      case "maxOutputTokens" -> whole(ours, value, Integer.MAX_VALUE);
      case "timeoutSeconds" -> whole(ours, value, 3600);
      case "reasoningEffort" -> effort(value);
      default -> stops(value);
    };
  }

  private boolean number(String ours, JsonNode value, int most) {
    var number = decimal(value);
    if (number.isEmpty()
        || number.get().signum() < 0
        || number.get().compareTo(BigDecimal.valueOf(most)) > 0) {
      return false;
    }
    parameters.put(ours, number.get());
    return true;
  }

  /// A tenth of a second more is nobody's loss.
  private boolean whole(String ours, JsonNode value, int most) {
    var number = decimal(value).map(one -> one.setScale(0, RoundingMode.CEILING));
    if (number.isEmpty()
        || number.get().signum() <= 0
        || number.get().toBigInteger().compareTo(BigInteger.valueOf(most)) > 0) {
      return false;
    }
    parameters.put(ours, number.get().intValueExact());
    return true;
  }

  /// kagent writes numbers as texts.
  private static Optional<BigDecimal> decimal(JsonNode value) {
    try {
      return value.isNumber() || value.isTextual()
          ? Optional.of(new BigDecimal(value.asText().strip()))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private boolean effort(JsonNode value) {
    var word =
        Stream.of(ReasoningEffort.values())
            .filter(one -> one.name().equalsIgnoreCase(value.asText()))
            .findFirst();
    word.ifPresent(one -> parameters.put("reasoningEffort", one.name()));
    return word.isPresent();
  }

  private boolean stops(JsonNode value) {
    var all = value.isArray() ? value.valueStream().toList() : List.of(value);
    if (all.isEmpty()
        || all.size() > 8
        || !all.stream()
            .allMatch(one ->
                one.isTextual() && !one.asText().isEmpty() && one.asText().length() <= 256)) {
      return false;
    }
    var list = parameters.putArray("stopSequences");
    all.forEach(one -> list.add(one.asText()));
    return true;
  }
}
