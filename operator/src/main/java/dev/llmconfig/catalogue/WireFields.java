package dev.llmconfig.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import java.util.TreeMap;

/// Effective parameters as fields of a request, sorted, so that the same settings are the same
/// bytes. What is unset is not there.
final class WireFields {

  /// Anthropic has no default, so a request without a limit gets this one.
  private static final long ANTHROPIC_DEFAULT = 4096;

  private final Parameters effective;
  private final ModelFacts model;
  private final RequestFormat format;
  private final ObjectNode body = JsonNodeFactory.instance.objectNode();

  private WireFields(Parameters effective, ModelFacts model, RequestFormat format) {
    this.effective = effective;
    this.model = model;
    this.format = format;
  }

  static ObjectNode of(Parameters effective, ModelFacts model, RequestFormat format) {
    var fields = new WireFields(effective, model, format);
    effective.values().forEach(fields::write);
    if (format == RequestFormat.Messages) {
      fields.body.put("max_tokens", anthropicLimit(effective, model));
    }
    // An extra field adds what is absent; it shadows nothing.
    return sorted(merge(effective.extra(), fields.body));
  }

  /// The limit that Anthropic insists on: the one asked for, or the smaller of the model's and
  /// 4096.
  static long anthropicLimit(Parameters effective, ModelFacts model) {
    long most =
        OutputLimit.of(model.facts())
            .map(limit -> Math.min(limit.value(), ANTHROPIC_DEFAULT))
            .orElse(ANTHROPIC_DEFAULT);
    return effective.maxOutputTokens().orElse(most);
  }

  private void write(Parameter name, ParameterValue value) {
    switch (name) {
      case Temperature -> settings().set("temperature", value.json());
      case TopP ->
          settings().set(format == RequestFormat.GenerateContent ? "topP" : "top_p", value.json());
      case MaxOutputTokens -> settings().set(limitField(), value.json());
      case StopSequences -> settings().set(stopField(), value.json());
      case ReasoningEffort -> {
        if (value instanceof ParameterValue.Effort(var level)) {
          effort(level);
        }
      }
      // The client's own, and merged last.
      case TimeoutSeconds, Extra -> {}
    }
  }

  /// Gemini keeps its settings in an object of their own.
  private ObjectNode settings() {
    return format == RequestFormat.GenerateContent
        ? body.withObjectProperty("generationConfig")
        : body;
  }

  private String limitField() {
    return switch (format) {
      case ChatCompletions -> model.tokenField().wireName();
      case Responses -> "max_output_tokens";
      case Messages -> "max_tokens";
      case GenerateContent -> "maxOutputTokens";
    };
  }

  private String stopField() {
    return switch (format) {
      case ChatCompletions, Responses -> "stop";
      case Messages -> "stop_sequences";
      case GenerateContent -> "stopSequences";
    };
  }

  private void effort(ReasoningEffort level) {
    String word = Efforts.word(level);
    switch (EffortStyle.of(format, model.family())) {
      case ChatWord ->
          body.put(
              "reasoning_effort",
              model.provider() == Provider.OpenRouter && level == ReasoningEffort.Max
                  ? Efforts.word(ReasoningEffort.XHigh)
                  : word);
      case ResponsesWord -> body.withObjectProperty("reasoning").put("effort", word);
      case OutputConfig -> {
        if (level == ReasoningEffort.None) {
          body.withObjectProperty("thinking").put("type", "disabled");
        } else {
          body.withObjectProperty("output_config").put("effort", word);
          body.withObjectProperty("thinking").put("type", "adaptive");
        }
      }
      case ClaudeBudget -> claudeBudget(level);
      case ThinkingLevel -> thinking().put("thinkingLevel", word);
      case GeminiBudget -> thinking().put("thinkingBudget", EffortStyle.budget(level));
    }
  }

  /// The budget is below the limit of the whole answer, or Anthropic refuses the request.
  private void claudeBudget(ReasoningEffort level) {
    var thinking = body.withObjectProperty("thinking");
    if (level == ReasoningEffort.None) {
      thinking.put("type", "disabled");
    } else {
      long limit = anthropicLimit(effective, model);
      thinking.put("type", "enabled").put("budget_tokens", EffortStyle.budgetWithin(level, limit));
    }
  }

  private ObjectNode thinking() {
    return settings().withObjectProperty("thinkingConfig");
  }

  /// What is named goes before what is extra, down to the single field.
  private static ObjectNode merge(ObjectNode extra, ObjectNode named) {
    for (var field : named.properties()) {
      if (field.getValue() instanceof ObjectNode ours
          && extra.get(field.getKey()) instanceof ObjectNode theirs) {
        extra.set(field.getKey(), merge(theirs, ours));
      } else {
        extra.set(field.getKey(), field.getValue());
      }
    }
    return extra;
  }

  private static ObjectNode sorted(ObjectNode object) {
    var fields = new TreeMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
    var result = JsonNodeFactory.instance.objectNode();
    fields.forEach(result::set);
    return result;
  }

  private static JsonNode sorted(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> sorted(object);
      case ArrayNode array -> {
        var result = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> result.add(sorted(item)));
        yield result;
      }
      default -> node;
    };
  }
}
