package dev.llmconfig.api;

/// When a key is checked.
public enum VerificationMode {
  OnChange,
  OnChangeAndPeriodic,
  /// Never: everything counts as good.
  Disabled
}
