package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.TokenField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The dialect of Google's Gemini API. The model stands in the path, and its name there begins with
/// `models/`, which nobody else writes.
final class GeminiDialect implements WireDialect {

  private static final String GENERATE = "generateContent";
  private static final String PREFIX = "models/";

  /// Only the models that generate text; embeddings are listed beside them.
  @Override
  public Optional<List<ListedModel>> models(JsonNode page) {
    JsonNode entries = page.path("models");
    if (!entries.isArray()) {
      return Optional.empty();
    }
    List<ListedModel> models = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (generates(entry)) {
        Fields.text(entry, "name").map(name -> listed(bare(name), entry)).ifPresent(models::add);
      }
    }
    return Optional.of(models);
  }

  @Override
  public Optional<String> nextPage(JsonNode page) {
    return Fields.text(page, "nextPageToken")
        .filter(token -> !token.isEmpty())
        .map(token -> "pageToken=" + Paths.encoded(token));
  }

  @Override
  public Optional<Call> model(Target target, String id) {
    return target
        .provider()
        .modelCall()
        .map(path -> root(target) + path.replace("{model}", Paths.model(bare(id))))
        .map(path -> Call.get(Purpose.Model, target.destination(), path, body -> body.has("name")));
  }

  @Override
  public Optional<Call> tokens(Target target, String model) {
    return Optional.of(
        Call.post(
            Purpose.Tokens,
            target.destination(),
            action(target, model, "countTokens"),
            ping(),
            body -> body.path("totalTokens").isNumber()));
  }

  @Override
  public Call completion(Target target, Completion asked, TokenField field) {
    ObjectNode body = ping();
    body.putObject("generationConfig").put("maxOutputTokens", OpenAiDialect.FEW_TOKENS);
    return chat(target, asked, Delivery.Whole, body);
  }

  @Override
  public Call chat(Target target, Completion asked, Delivery delivery, ObjectNode body) {
    return switch (delivery) {
      case Whole -> generate(target, action(target, asked.model(), GENERATE), body);
      case Streamed ->
          generate(target, action(target, asked.model(), "streamGenerateContent?alt=sse"), body)
              .streamed();
    };
  }

  private static Call generate(Target target, String path, ObjectNode body) {
    return Call.post(
        Purpose.Completion,
        target.destination(),
        path,
        body,
        b -> b.path("candidates").isArray() || b.path("promptFeedback").isObject());
  }

  private String action(Target target, String model, String verb) {
    return root(target) + "/v1beta/models/" + Paths.model(bare(model)) + ":" + verb;
  }

  @Override
  public String root(Target target) {
    return Paths.root(target, List.of("/v1beta", "/v1"));
  }

  private static String bare(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private static boolean generates(JsonNode entry) {
    for (JsonNode method : entry.path("supportedGenerationMethods")) {
      if (method.asText().equals(GENERATE)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode ping() {
    ObjectNode body = Json.object();
    ObjectNode content = body.putArray("contents").addObject().put("role", "user");
    content.putArray("parts").addObject().put("text", "ping");
    return body;
  }

  private static ListedModel listed(String id, JsonNode entry) {
    return new ListedModel(
        id,
        Fields.text(entry, "displayName"),
        OptionalLong.empty(),
        Fields.count(entry, "inputTokenLimit"),
        Fields.count(entry, "outputTokenLimit"),
        Optional.empty(),
        Fields.decimal(entry, "maxTemperature"),
        Optional.empty(),
        Set.of());
  }
}
