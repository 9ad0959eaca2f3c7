package dev.llmconfig.api;

/// The field of a chat completion in the OpenAI dialect that limits the answer. A request carries
/// one of the two: OpenAI refuses both together.
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

  public TokenField other() {
    return this == MaxTokens ? MaxCompletionTokens : MaxTokens;
  }
}
