package dev.llmconfig.plan;

/// What to do with the key that was just resolved, given what is held.
sealed interface KeyDecision {

  /// Nothing usable was resolved: what is held stays as it is.
  record Unresolved() implements KeyDecision {}

  /// What is held is what is declared; its ciphertext and its revision stay (traps K20).
  record Keep() implements KeyDecision {}

  /// Another key, or another place for it, that may be used at once.
  record Promote(ResolvedKey key) implements KeyDecision {}

  /// Another key, or another place for it, that must prove itself first.
  record AwaitVerdict(ResolvedKey key) implements KeyDecision {}

  static KeyDecision of(KeyObserved seen) {
    if (!(seen.resolution() instanceof Resolution.Found(var key, _, _))) {
      return new Unresolved();
    }
    return switch (seen.held()) {
      case HeldKey.NameTaken _, HeldKey.Unopened _ -> new Unresolved();
      case HeldKey.Absent _ -> candidate(seen, key);
      case HeldKey.Held held when !sameKeyAndPlace(held.current(), key, seen) ->
          candidate(seen, key);
      case HeldKey.Held _ -> new Keep();
    };
  }

  private static KeyDecision candidate(KeyObserved seen, ResolvedKey key) {
    if (seen.declared().suspended()) {
      // A suspended key is not put into use by anything.
      return new AwaitVerdict(key);
    }
    return switch (seen.declared().verification()) {
      case Disabled -> new Promote(key);
      case Required -> new AwaitVerdict(key);
    };
  }

  /// Compared by content and in constant time, because the revision of a held key outlives a lost
  /// fingerprint key.
  private static boolean sameKeyAndPlace(HeldKey.Slot held, ResolvedKey key, KeyObserved seen) {
    return held.key().bytes().equals(key.bytes())
        && held.endpoint().equals(seen.declared().endpoint().toString());
  }
}
