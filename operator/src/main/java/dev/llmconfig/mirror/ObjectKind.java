package dev.llmconfig.mirror;

/// The kinds that have rows.
public enum ObjectKind {
  ApiKeyConfig,
  ModelConfig,
  /// A workload; the name of its row is kind and name, such as `Deployment.chat`.
  Agent
}
