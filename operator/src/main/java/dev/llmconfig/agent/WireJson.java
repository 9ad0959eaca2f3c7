package dev.llmconfig.agent;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.Parameters;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/// Parameters as JSON in OpenAI wire names, in the one spelling that never differs between two
/// runs.
final class WireJson {

  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private WireJson() {}

  /// Printable ASCII, sorted. A `$` before a brace can only be inside a text, where its escape
  /// means the same: frameworks that expand placeholders in their settings must not find one here.
  static String write(JsonNode node) {
    try {
      return ASCII.writeValueAsString(sorted(node)).replace("${", "\\u0024{");
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }

  static JsonNode sorted(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var fields = new TreeMap<String, JsonNode>();
        node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach(object::set);
        yield object;
      }
      case ARRAY -> {
        var array = JsonNodeFactory.instance.arrayNode();
        node.forEach(item -> array.add(sorted(item)));
        yield array;
      }
      default -> node;
    };
  }

  /// Empty where nothing of it goes over the wire: a time-out is the client's own matter.
  static ObjectNode of(Parameters parameters, TokenField tokenField) {
    ObjectNode object = parameters.extra();
    parameters
        .values()
        .forEach((name, value) -> {
          switch (name) {
            case Temperature -> object.set("temperature", value.json());
            case TopP -> object.set("top_p", value.json());
            case MaxOutputTokens -> object.set(tokenField.wireName(), value.json());
            case StopSequences -> object.set("stop", value.json());
            case ReasoningEffort ->
                parameters
                    .reasoningEffort()
                    .ifPresent(level ->
                        object.put(
                            "reasoning_effort", level.name().toLowerCase(java.util.Locale.ROOT)));
            case TimeoutSeconds, Extra -> {}
          }
        });
    return object;
  }

  static boolean carries(Parameter parameter) {
    return parameter != Parameter.TimeoutSeconds;
  }
}
