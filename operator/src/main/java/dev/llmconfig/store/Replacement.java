package dev.llmconfig.store;

/// What becomes of the configurations that name a key which is to go.
public sealed interface Replacement {

  /// There may be none.
  record None() implements Replacement {}

  /// They name that one from then on.
  ///
  /// @param key name of another key in the same namespace
  record By(String key) implements Replacement {}

  /// They are left without one.
  record Forced() implements Replacement {}
}
