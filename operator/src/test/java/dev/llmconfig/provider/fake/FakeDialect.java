package dev.llmconfig.provider.fake;

/// Which dialect a request is written in.
enum FakeDialect {
  OpenAI,
  Anthropic,
  Gemini,
  Ollama;

  static FakeDialect of(String path, boolean anthropicVersion) {
    if (path.contains("/v1beta/")) {
      return Gemini;
    }
    if (path.contains("/api/tags") || path.contains("/api/show")) {
      return Ollama;
    }
    return anthropicVersion || path.contains("/v1/messages") ? Anthropic : OpenAI;
  }

  String invalidKey() {
    return switch (this) {
      case OpenAI, Ollama -> "invalid_api_key";
      case Anthropic -> "authentication_error";
      case Gemini -> "API_KEY_INVALID";
    };
  }

  String notFound() {
    return switch (this) {
      case OpenAI, Ollama -> "model_not_found";
      case Anthropic -> "not_found_error";
      case Gemini -> "NOT_FOUND";
    };
  }
}
