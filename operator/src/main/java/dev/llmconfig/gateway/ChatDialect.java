package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.RequestFormat;
import java.util.List;

/// One language of chat: how a question is written, and what the events of an answer say. Pure;
/// unknown fields and events say nothing.
interface ChatDialect {

  static ChatDialect of(RequestFormat format) {
    return switch (format) {
      case ChatCompletions -> new OpenAiChat();
      case Responses -> new ResponsesChat();
      case Messages -> new AnthropicChat();
      case GenerateContent -> new GeminiChat();
    };
  }

  /// The question as it goes over the wire.
  ///
  /// @param parameters the wire fields of the parameters; changed and returned
  ObjectNode body(ChatTarget target, ChatRequest request, ObjectNode parameters);

  /// One event of a stream.
  List<Piece> event(String name, JsonNode data);

  /// An answer that came in one document.
  List<Piece> whole(JsonNode answer);
}
