package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.provider.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Chat completions of OpenAI, which most others speak, too, each with a few words of its own.
final class OpenAiChat implements ChatDialect {

  private static final String OPTIONS = "stream_options";

  @Override
  public ObjectNode body(ChatTarget target, ChatRequest request, ObjectNode body) {
    body.put("model", target.model().id());
    ArrayNode messages = body.putArray("messages");
    for (ChatMessage message : request.messages()) {
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
    body.put("stream", request.delivery() == Delivery.Streamed);
    // Mistral counts without being asked, and refuses fields it does not know.
    if (request.delivery() == Delivery.Streamed && target.place().provider() != Provider.Mistral) {
      ObjectNode options =
          body.get(OPTIONS) instanceof ObjectNode given ? given : body.putObject(OPTIONS);
      options.put("include_usage", true);
    }
    return body;
  }

  @Override
  public List<Piece> event(String name, JsonNode chunk) {
    return pieces(chunk, "delta");
  }

  @Override
  public List<Piece> whole(JsonNode answer) {
    List<Piece> pieces = new ArrayList<>(pieces(answer, "message"));
    pieces.add(new Piece.Ended());
    return pieces;
  }

  private static List<Piece> pieces(JsonNode chunk, String part) {
    if (chunk.hasNonNull("error")) {
      return List.of(new Piece.Failed(chunk));
    }
    List<Piece> pieces = new ArrayList<>();
    JsonNode choice = chunk.path("choices").path(0);
    if (choice.path("index").asInt(0) == 0) {
      said(choice.path(part), pieces);
      String reason = Nodes.text(choice, "finish_reason");
      if (!reason.isEmpty()) {
        pieces.add(new Piece.Finished(finish(reason)));
      }
    }
    Nodes.addCounts(pieces, counts(chunk.path("usage")));
    return pieces;
  }

  private static void said(JsonNode part, List<Piece> pieces) {
    // Some send the same thought under both names.
    Nodes.addReasoning(pieces, Nodes.text(part, "reasoning_content", "reasoning"));
    JsonNode content = part.path("content");
    if (content.isArray()) {
      content.forEach(block -> block(block, pieces));
    } else {
      Nodes.addText(pieces, Nodes.text(part, "content"));
    }
    Nodes.addText(pieces, Nodes.text(part, "refusal"));
  }

  /// Mistral's thinking models answer in blocks.
  private static void block(JsonNode block, List<Piece> pieces) {
    if (block.path("thinking").isArray()) {
      block.path("thinking").forEach(t -> Nodes.addReasoning(pieces, Nodes.text(t, "text")));
    } else {
      Nodes.addText(pieces, Nodes.text(block, "text"));
    }
  }

  private static Finish finish(String reason) {
    return switch (reason) {
      case "stop", "eos", "end_turn" -> Finish.Stop;
      case "length", "max_tokens", "model_length" -> Finish.Length;
      case "tool_calls", "function_call" -> Finish.ToolCalls;
      case "content_filter" -> Finish.Filtered;
      default -> Finish.Other;
    };
  }

  private static TokenCounts counts(JsonNode usage) {
    OptionalLong input = Nodes.count(usage, "prompt_tokens");
    return TokenCounts.NONE
        .withInput(input)
        .withOutput(output(usage, input))
        .withReasoning(Nodes.count(usage.path("completion_tokens_details"), "reasoning_tokens"))
        .withCached(Nodes.count(usage.path("prompt_tokens_details"), "cached_tokens"));
  }

  /// Some leave reasoning out of the completion and count it in the total only.
  private static OptionalLong output(JsonNode usage, OptionalLong input) {
    OptionalLong completion = Nodes.count(usage, "completion_tokens");
    OptionalLong total = Nodes.count(usage, "total_tokens");
    return completion.isPresent() && input.isPresent() && total.isPresent()
        ? OptionalLong.of(Math.max(completion.getAsLong(), total.getAsLong() - input.getAsLong()))
        : completion;
  }
}
