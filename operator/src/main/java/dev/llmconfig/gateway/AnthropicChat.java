package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.provider.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Anthropic's Messages.
final class AnthropicChat implements ChatDialect {

  @Override
  public ObjectNode body(ChatTarget target, ChatRequest request, ObjectNode body) {
    Turns turns = Turns.of(request.messages());
    body.put("model", target.model().id());
    if (!turns.system().isEmpty()) {
      body.put("system", turns.system());
    }
    ArrayNode messages = body.putArray("messages");
    for (ChatMessage turn : turns.messages()) {
      messages
          .addObject()
          .put("role", turn.role().name().toLowerCase(Locale.ROOT))
          .put("content", turn.content());
    }
    return body.put("stream", request.delivery() == Delivery.Streamed);
  }

  @Override
  public List<Piece> event(String name, JsonNode data) {
    List<Piece> pieces = new ArrayList<>();
    switch (Nodes.text(data, "type")) {
      case "message_start" -> Nodes.addCounts(pieces, counts(data.path("message").path("usage")));
      case "content_block_start" -> block(data.path("content_block"), pieces);
      case "content_block_delta" -> block(data.path("delta"), pieces);
      case "message_delta" -> {
        finished(data.path("delta"), pieces);
        Nodes.addCounts(pieces, counts(data.path("usage")));
      }
      case "message_stop" -> pieces.add(new Piece.Ended());
      default -> {
        if (data.hasNonNull("error")) {
          pieces.add(new Piece.Failed(data));
        }
      }
    }
    return pieces;
  }

  @Override
  public List<Piece> whole(JsonNode answer) {
    List<Piece> pieces = new ArrayList<>();
    answer.path("content").forEach(block -> block(block, pieces));
    finished(answer, pieces);
    Nodes.addCounts(pieces, counts(answer.path("usage")));
    pieces.add(new Piece.Ended());
    return pieces;
  }

  /// Signatures and the arguments of tools have other fields.
  private static void block(JsonNode block, List<Piece> pieces) {
    Nodes.addReasoning(pieces, Nodes.text(block, "thinking"));
    Nodes.addText(pieces, Nodes.text(block, "text"));
  }

  private static void finished(JsonNode delta, List<Piece> pieces) {
    String reason = Nodes.text(delta, "stop_reason");
    if (!reason.isEmpty()) {
      pieces.add(new Piece.Finished(finish(reason)));
    }
  }

  private static Finish finish(String reason) {
    return switch (reason) {
      case "end_turn", "stop_sequence", "pause_turn" -> Finish.Stop;
      case "max_tokens", "model_context_window_exceeded" -> Finish.Length;
      case "tool_use" -> Finish.ToolCalls;
      case "refusal" -> Finish.Filtered;
      default -> Finish.Other;
    };
  }

  /// What was cached is not in their `input_tokens`.
  private static TokenCounts counts(JsonNode usage) {
    OptionalLong fresh = Nodes.count(usage, "input_tokens");
    OptionalLong cached = Nodes.count(usage, "cache_read_input_tokens");
    OptionalLong written = Nodes.count(usage, "cache_creation_input_tokens");
    return TokenCounts.NONE
        .withInput(fresh.isPresent() ? TokenCounts.sum(fresh, cached, written) : fresh)
        .withOutput(Nodes.count(usage, "output_tokens"))
        .withCached(cached)
        .withCacheWritten(written);
  }
}
