package dev.llmconfig.domain;

/// The requests that parameters are written into.
public enum RequestFormat {
  /// OpenAI's `/chat/completions`, which most providers speak.
  ChatCompletions,
  /// OpenAI's `/responses`.
  Responses,
  /// Anthropic's `/v1/messages`.
  Messages,
  /// Gemini's `:generateContent`.
  GenerateContent
}
