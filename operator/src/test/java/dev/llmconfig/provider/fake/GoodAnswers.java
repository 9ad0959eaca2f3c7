package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.provider.Echo;
import dev.llmconfig.provider.EchoTransport;
import java.util.List;
import java.util.stream.Stream;

/// What a provider in good health answers, in each dialect. Its models are those of Echo, and a few
/// with well-known names that do the same.
final class GoodAnswers {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> MODELS =
      Stream.concat(
              Stream.of("gpt-5-mini", "gpt-5", "claude-sonnet-4-5", "gemini-2.5-flash"),
              Echo.MODELS.stream())
          .toList();

  private GoodAnswers() {}

  static boolean known(String model) {
    return MODELS.contains(model);
  }

  static List<Echo.Piece> pieces(String model, String prompt) {
    return Echo.answer(model, prompt)
        .or(() -> Echo.answer("echo", prompt.isEmpty() ? "pong" : prompt))
        .orElseThrow();
  }

  static ObjectNode key(String path) {
    ObjectNode body = JSON.createObjectNode();
    if (path.endsWith("/api-key")) {
      return body.put("api_key_id", "k1")
          .put("api_key_blocked", false)
          .put("api_key_disabled", false)
          .put("team_blocked", false);
    }
    body.putObject("data").put("usage", 1.5).put("limit", 10).put("limit_remaining", 8.5);
    return body;
  }

  static ObjectNode list(String path, FakeDialect dialect) {
    ObjectNode body = JSON.createObjectNode();
    String rows =
        path.endsWith("/foundation-models")
            ? "modelSummaries"
            : path.endsWith("/inference-profiles")
                ? "inferenceProfileSummaries"
                : dialect == FakeDialect.Gemini || dialect == FakeDialect.Ollama
                    ? "models"
                    : "data";
    ArrayNode array = body.putArray(rows);
    MODELS.forEach(model -> array.add(entry(model, path, dialect)));
    return dialect == FakeDialect.Anthropic ? body.put("has_more", false) : body;
  }

  static ObjectNode entry(String model, String path, FakeDialect dialect) {
    ObjectNode entry = JSON.createObjectNode();
    if (path.endsWith("/foundation-models")) {
      return entry.put("modelId", model);
    }
    if (path.endsWith("/inference-profiles")) {
      return entry.put("inferenceProfileId", "us." + model);
    }
    switch (dialect) {
      case Gemini ->
          entry
              .put("name", "models/" + model)
              .put("inputTokenLimit", 1048576)
              .put("outputTokenLimit", 65536)
              .putArray("supportedGenerationMethods")
              .add("generateContent");
      case Ollama -> entry.put("name", model).putObject("details").put("family", "fake");
      case Anthropic -> entry.put("type", "model").put("id", model).put("display_name", model);
      case OpenAI -> entry.put("id", model).put("object", "model").put("owned_by", "fake");
    }
    return entry;
  }

  static ObjectNode tokens(FakeDialect dialect) {
    return JSON.createObjectNode()
        .put(dialect == FakeDialect.Gemini ? "totalTokens" : "input_tokens", 8);
  }

  static ObjectNode completion(FakeDialect dialect, String model, JsonNode request) {
    String prompt = prompt(dialect, request);
    String text = Echo.text(pieces(model, prompt));
    int in = Echo.tokens(prompt);
    int out = Echo.tokens(text);
    ObjectNode body = JSON.createObjectNode();
    switch (dialect) {
      case Anthropic -> {
        body.put("id", "msg_fx")
            .put("type", "message")
            .put("role", "assistant")
            .put("model", model);
        body.putArray("content").addObject().put("type", "text").put("text", text);
        body.put("stop_reason", "end_turn");
        body.putObject("usage").put("input_tokens", in).put("output_tokens", out);
      }
      case Gemini -> {
        ObjectNode candidate = body.putArray("candidates").addObject().put("finishReason", "STOP");
        candidate
            .putObject("content")
            .put("role", "model")
            .putArray("parts")
            .addObject()
            .put("text", text);
        body.putObject("usageMetadata")
            .put("promptTokenCount", in)
            .put("candidatesTokenCount", out)
            .put("totalTokenCount", in + out);
      }
      case OpenAI, Ollama -> {
        body.put("id", "chatcmpl-fx").put("object", "chat.completion").put("model", model);
        ObjectNode choice =
            body.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        body.putObject("usage")
            .put("prompt_tokens", in)
            .put("completion_tokens", out)
            .put("total_tokens", in + out);
      }
    }
    return body;
  }

  static ObjectNode response(String model, JsonNode request) {
    String text = Echo.text(pieces(model, request.path("input").asText()));
    ObjectNode body =
        JSON.createObjectNode()
            .put("id", "resp_fx")
            .put("object", "response")
            .put("status", "completed")
            .put("model", model)
            .putNull("error");
    ObjectNode message =
        body.putArray("output").addObject().put("type", "message").put("role", "assistant");
    message.putArray("content").addObject().put("type", "output_text").put("text", text);
    return body;
  }

  static String prompt(FakeDialect dialect, JsonNode request) {
    return dialect == FakeDialect.Gemini
        ? request.at("/contents/0/parts/0/text").asText()
        : EchoTransport.prompt(request);
  }

  static ObjectNode error(FakeDialect dialect, int status, String message, String code) {
    ObjectNode body = JSON.createObjectNode();
    switch (dialect) {
      case Anthropic ->
          body.put("type", "error").putObject("error").put("type", code).put("message", message);
      case Gemini -> {
        ObjectNode error = body.putObject("error").put("code", status).put("message", message);
        error.put("status", code).putArray("details").addObject().put("reason", code);
      }
      case Ollama -> body.put("error", message);
      case OpenAI ->
          body.putObject("error")
              .put("message", message)
              .put("type", "invalid_request_error")
              .putNull("param")
              .put("code", code);
    }
    return body;
  }
}
