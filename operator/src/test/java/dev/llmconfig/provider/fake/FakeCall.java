package dev.llmconfig.provider.fake;

/// What a request asks for, told from its path.
public enum FakeCall {
  Key,
  List,
  Model,
  Tokens,
  Completion,
  Responses,
  Unknown;

  static FakeCall of(String method, String path) {
    boolean get = method.equals("GET");
    if (get && (path.endsWith("/api-key") || path.endsWith("/key"))) {
      return Key;
    }
    if (get
        && (path.endsWith("/models")
            || path.endsWith("/models/user")
            || path.endsWith("/api/tags")
            || path.endsWith("/foundation-models")
            || path.endsWith("/inference-profiles"))) {
      return List;
    }
    if ((get && path.contains("/models/")) || path.endsWith("/api/show")) {
      return Model;
    }
    if (path.endsWith("/count_tokens") || path.endsWith(":countTokens")) {
      return Tokens;
    }
    if (path.endsWith("/responses")) {
      return Responses;
    }
    return path.endsWith("/chat/completions")
            || path.endsWith("/messages")
            || path.endsWith(":generateContent")
            || path.endsWith(":streamGenerateContent")
        ? Completion
        : Unknown;
  }
}
