package dev.llmconfig.rest;

/// Where the truth is.
public enum Mode {
  Cluster,
  /// A file of this process.
  Standalone
}
