package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.provider.transport.Deadline;
import dev.llmconfig.provider.transport.Destination;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers for the Echo models inside this process, in the dialect of OpenAI, so that a probe of
/// Echo takes the same way as any other, and nothing is ever dialled.
public final class EchoTransport implements Transport {

  private static final String MODELS = "/models";
  private static final String CHAT = "/chat/completions";

  @Override
  public Reply send(Request request, Deadline deadline) {
    return answer(request.method(), request.target(), request.body());
  }

  @Override
  public void connect(Destination destination, Deadline deadline) {
    // There is nobody to connect to, and so nothing that could fail.
  }

  /// The answer to one request.
  ///
  /// @param target the path, below whatever the server is mounted at
  public static Reply answer(String method, String target, String body) {
    if (method.equals("GET") && target.endsWith(MODELS)) {
      return reply(200, list());
    }
    if (method.equals("GET") && target.contains(MODELS + "/")) {
      return model(target.substring(target.lastIndexOf('/') + 1));
    }
    if (method.equals("POST") && target.endsWith(CHAT)) {
      return Json.read(body.getBytes(StandardCharsets.UTF_8), Optional.empty())
          .map(EchoTransport::chat)
          .orElseGet(() -> error(400, "The body is not JSON.", "invalid_json"));
    }
    return error(404, "There is nothing here.", "not_found");
  }

  /// The text of the last message of the user.
  public static String prompt(JsonNode chat) {
    String last = "";
    for (JsonNode message : chat.path("messages")) {
      if (message.path("role").asText().equals("user")) {
        last = text(message.path("content"));
      }
    }
    return last;
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    StringBuilder parts = new StringBuilder();
    content.forEach(part -> parts.append(part.path("text").asText()));
    return parts.toString();
  }

  private static Reply chat(JsonNode request) {
    String model = request.path("model").asText();
    String prompt = prompt(request);
    return Echo.answer(model, prompt)
        .map(pieces -> reply(200, completion(model, prompt, pieces)))
        .orElseGet(() -> unknown(model));
  }

  private static ObjectNode completion(String model, String prompt, List<Echo.Piece> pieces) {
    ObjectNode body = Json.object().put("id", "echo").put("object", "chat.completion");
    body.put("model", model);
    ObjectNode choice =
        body.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", Echo.text(pieces));
    int asked = Echo.tokens(prompt);
    body.putObject("usage")
        .put("prompt_tokens", asked)
        .put("completion_tokens", pieces.size())
        .put("total_tokens", asked + pieces.size());
    return body;
  }

  private static ObjectNode list() {
    ObjectNode body = Json.object().put("object", "list");
    ArrayNode data = body.putArray("data");
    Echo.MODELS.forEach(model -> data.add(entry(model)));
    return body;
  }

  private static Reply model(String id) {
    return Echo.MODELS.contains(id) ? reply(200, entry(id)) : unknown(id);
  }

  private static ObjectNode entry(String model) {
    return Json.object().put("id", model).put("object", "model").put("owned_by", "llm-config");
  }

  private static Reply unknown(String model) {
    return error(404, "The model '" + model + "' does not exist.", "model_not_found");
  }

  private static Reply error(int status, String message, String code) {
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("message", message)
        .put("type", "invalid_request_error")
        .putNull("param")
        .put("code", code);
    return reply(status, body);
  }

  private static Reply reply(int status, ObjectNode body) {
    return new Reply(
        status,
        Map.of("content-type", List.of("application/json")),
        body.toString().getBytes(StandardCharsets.UTF_8),
        false);
  }
}
