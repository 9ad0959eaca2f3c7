package dev.llmconfig.api;

/// How a key is checked.
public enum Probe {
  /// Free of charge.
  ListModels,
  /// One minimal request to a model besides, which costs a few tokens.
  Completion
}
