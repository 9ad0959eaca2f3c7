package dev.llmconfig.plan;

/// What is kept of an earlier look at a key.
public sealed interface HeldFacts {

  record Absent() implements HeldFacts {}

  /// An object that is not ours has the name; it is never overwritten.
  record NameTaken(String message) implements HeldFacts {}

  /// What we wrote.
  ///
  /// @param intact whether it is still labelled and owned as we write it
  record Held(KeyFacts facts, boolean intact) implements HeldFacts {}

  default KeyFacts facts() {
    return this instanceof Held(var facts, _) ? facts : KeyFacts.NONE;
  }
}
