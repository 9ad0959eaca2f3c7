package dev.llmconfig.catalogue;

/// The API of its provider that a model answers on.
public enum ModelMode {
  Chat,
  Responses,
  Completion
}
