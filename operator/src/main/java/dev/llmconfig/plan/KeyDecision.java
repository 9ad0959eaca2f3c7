package dev.llmconfig.plan;

/// What to do with the key that was just resolved, given what is held and what is known of it.
sealed interface KeyDecision {

  /// Nothing usable was resolved: what is held stays as it is.
  record Unresolved() implements KeyDecision {}

  /// What is held is what is declared; its ciphertext and its revision stay (traps K20).
  record Keep() implements KeyDecision {}

  /// No key is declared, and none is needed.
  ///
  /// @param proven whether the place may be used, so that a key that was held before can go
  record Keyless(boolean proven) implements KeyDecision {}

  /// Another key, or another place for it, that may be used.
  record Promote(ResolvedKey key) implements KeyDecision {}

  /// Another key, or another place for it, that has not proven itself.
  record AwaitVerdict(ResolvedKey key) implements KeyDecision {}

  static KeyDecision of(KeyObserved seen, KeyInQuestion question, KeyStanding standing) {
    var usable =
        seen.mayBeUsed() && (!seen.declared().verification().required() || standing.accepted());
    return switch (question) {
      case NONE -> new Unresolved();
      case CURRENT -> new Keep();
      case PLACE -> new Keyless(usable);
      case CANDIDATE ->
          seen.resolution() instanceof Resolution.Found(var key, _, _, _)
              ? usable ? new Promote(key) : new AwaitVerdict(key)
              : new Unresolved();
    };
  }
}
