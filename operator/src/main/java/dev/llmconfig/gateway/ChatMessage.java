package dev.llmconfig.gateway;

/// One turn of a conversation.
public record ChatMessage(Role role, String content) {

  public enum Role {
    System,
    User,
    Assistant
  }

  /// What people say is not for logs.
  @Override
  public String toString() {
    return "ChatMessage[" + role + "]";
  }
}
