package dev.llmconfig.mirror;

/// The kinds that have rows.
public enum ObjectKind {
  ApiKeyConfig,
  ModelConfig
}
