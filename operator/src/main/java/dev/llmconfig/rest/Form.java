package dev.llmconfig.rest;

/// In what an answer is told.
enum Form {
  Json,
  Yaml,
  /// A JSON object on each line, for whoever keeps them elsewhere.
  Lines
}
