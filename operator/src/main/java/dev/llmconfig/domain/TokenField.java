package dev.llmconfig.domain;

/// The field of a chat completion that carries maxOutputTokens. A request carries one of the two:
/// OpenAI refuses both together.
public enum TokenField {
  MaxTokens("max_tokens"),
  MaxCompletionTokens("max_completion_tokens");

  private final String wireName;

  TokenField(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
