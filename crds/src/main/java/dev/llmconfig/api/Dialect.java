package dev.llmconfig.api;

/// How a provider is spoken to.
public enum Dialect {
  OpenAI,
  Anthropic,
  Gemini,
  /// Answers inside our own process; for demos and tests.
  Echo
}
