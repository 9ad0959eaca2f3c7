package dev.llmconfig.agent;

/// Which call of its provider a framework makes.
public enum ApiSurface {
  ChatCompletions("/chat/completions"),
  Responses("/responses"),
  Messages("/messages"),
  GenerateContent(""),
  Native("");

  private final String path;

  ApiSurface(String path) {
    this.path = path;
  }

  /// What follows `/v1`; empty where the model is part of the path.
  String path() {
    return path;
  }

  /// Whether the gateway serves it.
  boolean throughGateway() {
    return !path.isEmpty();
  }
}
