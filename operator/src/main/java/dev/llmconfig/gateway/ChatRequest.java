package dev.llmconfig.gateway;

import dev.llmconfig.provider.Delivery;
import java.util.List;

/// What a caller says and how the answer is to come. Neither endpoint, key nor model can be named
/// here (traps G1).
public record ChatRequest(List<ChatMessage> messages, Delivery delivery) {

  public ChatRequest {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a chat begins with a message");
    }
  }

  /// An answer that comes as it is made.
  public static ChatRequest streamed(List<ChatMessage> messages) {
    return new ChatRequest(messages, Delivery.Streamed);
  }
}
