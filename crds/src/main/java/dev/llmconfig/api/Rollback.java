package dev.llmconfig.api;

/// What happens to an agent that does not become ready on new settings.
public enum Rollback {
  /// It is put back on the last good ones.
  OnFailure,
  Never
}
