package dev.llmconfig.api;

/// Where the list of a key's models comes from.
public enum Discovery {
  /// It is read from the provider.
  Automatic,
  /// Only what the object declares counts.
  Disabled
}
