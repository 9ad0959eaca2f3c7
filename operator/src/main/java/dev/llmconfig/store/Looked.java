package dev.llmconfig.store;

/// What came of a look into the store.
public sealed interface Looked<T> {

  record Found<T>(T value) implements Looked<T> {}

  /// It could not be looked at.
  record Not<T>(Outcome why) implements Looked<T> {}
}
