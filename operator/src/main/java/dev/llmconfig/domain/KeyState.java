package dev.llmconfig.domain;

/// Whether the key of an ApiKeyConfig can be used for a model, as its status tells.
public sealed interface KeyState {

  /// There is no such ApiKeyConfig.
  record Absent() implements KeyState {}

  /// Its status is about an older spec. It is neither believed nor held against anybody; the status
  /// that comes is an event of its own (traps R27).
  record Changing() implements KeyState {}

  /// It cannot be used now.
  ///
  /// @param reason why not, in the word of its own condition
  /// @param stalled whether a person must act before it can
  record NotReady(String reason, boolean stalled) implements KeyState {

    public NotReady(String reason) {
      this(reason, false);
    }
  }

  /// It can.
  ///
  /// @param leaving it is being deleted, and works on for those who have it
  record Usable(UsableKey key, boolean leaving) implements KeyState {}
}
