package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.provider.Delivery;
import dev.llmconfig.provider.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// OpenAI's Responses, for the models that are offered nowhere else. Nothing is kept at the
/// provider.
final class ResponsesChat implements ChatDialect {

  @Override
  public ObjectNode body(ChatTarget target, ChatRequest request, ObjectNode body) {
    body.put("model", target.model().id()).put("store", false);
    ArrayNode input = body.putArray("input");
    for (ChatMessage message : request.messages()) {
      input
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
    return body.put("stream", request.delivery() == Delivery.Streamed);
  }

  @Override
  public List<Piece> event(String name, JsonNode data) {
    List<Piece> pieces = new ArrayList<>();
    switch (Nodes.text(data, "type")) {
      case "response.output_text.delta", "response.refusal.delta" ->
          Nodes.addText(pieces, Nodes.text(data, "delta"));
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          Nodes.addReasoning(pieces, Nodes.text(data, "delta"));
      case "response.completed", "response.incomplete", "response.failed" ->
          end(data.path("response"), pieces);
      case "error" -> pieces.add(failed(data));
      default -> {
        if (data.hasNonNull("error")) {
          pieces.add(failed(data));
        }
      }
    }
    return pieces;
  }

  @Override
  public List<Piece> whole(JsonNode answer) {
    List<Piece> pieces = new ArrayList<>();
    for (JsonNode item : answer.path("output")) {
      item.path("summary").forEach(part -> Nodes.addReasoning(pieces, Nodes.text(part, "text")));
      if (item.path("type").asText().equals("message")) {
        item.path("content")
            .forEach(part -> Nodes.addText(pieces, Nodes.text(part, "text", "refusal")));
      }
    }
    end(answer, pieces);
    return pieces;
  }

  private static void end(JsonNode response, List<Piece> pieces) {
    Nodes.addCounts(pieces, counts(response.path("usage")));
    if (response.hasNonNull("error")) {
      pieces.add(failed(response));
      return;
    }
    pieces.add(new Piece.Finished(finish(response)));
    pieces.add(new Piece.Ended());
  }

  private static Finish finish(JsonNode response) {
    if (!response.path("status").asText().equals("incomplete")) {
      return Finish.Stop;
    }
    return switch (response.path("incomplete_details").path("reason").asText()) {
      case "max_output_tokens" -> Finish.Length;
      case "content_filter" -> Finish.Filtered;
      default -> Finish.Other;
    };
  }

  /// An error event carries code and message itself.
  private static Piece failed(JsonNode data) {
    JsonNode error = data.hasNonNull("error") ? data.path("error") : data;
    return new Piece.Failed(Json.object().set("error", error));
  }

  private static TokenCounts counts(JsonNode usage) {
    return TokenCounts.NONE
        .withInput(Nodes.count(usage, "input_tokens"))
        .withOutput(Nodes.count(usage, "output_tokens"))
        .withReasoning(Nodes.count(usage.path("output_tokens_details"), "reasoning_tokens"))
        .withCached(Nodes.count(usage.path("input_tokens_details"), "cached_tokens"));
  }
}
