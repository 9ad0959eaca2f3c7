package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a provider is spoken to: which calls there are, and what a good answer looks like. What is
/// data about a provider stands in its entry; here is only what data cannot say.
interface WireDialect {

  static WireDialect of(Provider provider) {
    return switch (provider.dialect()) {
      case Anthropic -> new AnthropicDialect();
      case Gemini -> new GeminiDialect();
      case OpenAI, Echo ->
          switch (provider) {
            case AzureOpenAI -> new AzureDialect();
            case Bedrock -> new BedrockDialect();
            case Ollama -> new OllamaDialect();
            default -> new OpenAiDialect(); // a new provider of this dialect needs nothing here
          };
    };
  }

  /// Sent with every call, besides the key.
  default Map<String, String> headers() {
    return Map.of();
  }

  /// The endpoint's path without what the calls bring themselves.
  String root(Target target);

  /// Asks about the key alone, before any list.
  default Optional<Call> key(Target target) {
    return Optional.empty();
  }

  /// The lists of models; the answer to the first says whether the key is good.
  default List<Call> lists(Target target) {
    return target.provider().listCall().stream().map(path -> list(target, path)).toList();
  }

  default Call list(Target target, String path) {
    return Call.get(
        Purpose.List, target.destination(), root(target) + path, body -> models(body).isPresent());
  }

  /// The models on one page of a list; empty if that is no such page.
  Optional<List<ListedModel>> models(JsonNode page);

  /// The parameter that asks for the page after this one.
  default Optional<String> nextPage(JsonNode page) {
    return Optional.empty();
  }

  /// Asks for one model.
  default Optional<Call> model(Target target, String id) {
    return target
        .provider()
        .modelCall()
        .map(path -> root(target) + path.replace("{model}", Paths.model(id)))
        .map(path -> Call.get(Purpose.Model, target.destination(), path, b -> b.has("id")));
  }

  /// Proves key and model for nothing, where there is such a call.
  default Optional<Call> tokens(Target target, String model) {
    return Optional.empty();
  }

  /// A completion with a body of the dialect.
  Call chat(Target target, Completion asked, Delivery delivery, ObjectNode body);

  /// The smallest completion that can be asked for.
  Call completion(Target target, Completion asked, TokenField field);
}
