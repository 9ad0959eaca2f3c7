package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.gateway.ChatMessage.Role;
import java.util.ArrayList;
import java.util.List;

/// Gemini's generateContent. Each event of a stream is a whole answer, and the stream has no mark
/// at its end. The model and the manner of delivery stand in the path.
final class GeminiChat implements ChatDialect {

  @Override
  public ObjectNode body(ChatTarget target, ChatRequest request, ObjectNode body) {
    Turns turns = Turns.of(request.messages());
    if (!turns.system().isEmpty()) {
      body.putObject("systemInstruction").putArray("parts").addObject().put("text", turns.system());
    }
    ArrayNode contents = body.putArray("contents");
    for (ChatMessage turn : turns.messages()) {
      contents
          .addObject()
          .put("role", turn.role() == Role.Assistant ? "model" : "user")
          .putArray("parts")
          .addObject()
          .put("text", turn.content());
    }
    return body;
  }

  @Override
  public List<Piece> event(String name, JsonNode data) {
    if (data.hasNonNull("error")) {
      return List.of(new Piece.Failed(data));
    }
    List<Piece> pieces = new ArrayList<>();
    JsonNode candidate = data.path("candidates").path(0);
    for (JsonNode part : candidate.path("content").path("parts")) {
      if (part.path("thought").asBoolean()) {
        Nodes.addReasoning(pieces, Nodes.text(part, "text"));
      } else {
        Nodes.addText(pieces, Nodes.text(part, "text"));
      }
    }
    Nodes.addCounts(pieces, counts(data.path("usageMetadata")));
    String reason = Nodes.text(candidate, "finishReason");
    if (!reason.isEmpty()) {
      pieces.add(finished(reason));
    } else if (!Nodes.text(data.path("promptFeedback"), "blockReason").isEmpty()) {
      pieces.add(new Piece.Finished(Finish.Filtered));
    }
    return pieces;
  }

  @Override
  public List<Piece> whole(JsonNode answer) {
    List<Piece> pieces = new ArrayList<>(event("", answer));
    pieces.add(new Piece.Ended());
    return pieces;
  }

  private static Piece finished(String reason) {
    return switch (reason) {
      case "STOP", "OTHER", "FINISH_REASON_UNSPECIFIED" -> new Piece.Finished(Finish.Stop);
      case "MAX_TOKENS" -> new Piece.Finished(Finish.Length);
      case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" ->
          new Piece.Finished(Finish.Filtered);
      case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS" ->
          new Piece.Spoilt();
      default -> new Piece.Finished(reason.startsWith("IMAGE_") ? Finish.Filtered : Finish.Other);
    };
  }

  /// What was cached is in the prompt; what was thought is not among the candidates.
  private static TokenCounts counts(JsonNode usage) {
    return TokenCounts.NONE
        .withInput(
            TokenCounts.sum(
                Nodes.count(usage, "promptTokenCount"),
                Nodes.count(usage, "toolUsePromptTokenCount")))
        .withOutput(
            TokenCounts.sum(
                Nodes.count(usage, "candidatesTokenCount"),
                Nodes.count(usage, "thoughtsTokenCount")))
        .withReasoning(Nodes.count(usage, "thoughtsTokenCount"))
        .withCached(Nodes.count(usage, "cachedContentTokenCount"));
  }
}
