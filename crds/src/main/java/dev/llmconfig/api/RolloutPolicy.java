package dev.llmconfig.api;

/// When running agents get new settings.
public enum RolloutPolicy {
  Automatic,
  /// With the next restart by anyone.
  OnRestart,
  /// After approval by annotation.
  Manual
}
