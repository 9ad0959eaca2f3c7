package dev.llmconfig.plan;

/// What a provider is to be asked about.
enum KeyInQuestion {
  /// Nothing: there is no usable key, or nobody may ask.
  NONE,
  /// The key in use, which is the declared one.
  CURRENT,
  /// Another key, or another place for it.
  CANDIDATE,
  /// A place that needs no key.
  PLACE;

  static KeyInQuestion of(KeyObserved seen) {
    return switch (seen.held()) {
      case HeldKey.NameTaken _, HeldKey.Unopened _ -> NONE;
      case HeldKey.Absent _ -> ofSource(seen);
      case HeldKey.Held(var current, _, _) ->
          seen.resolution() instanceof Resolution.Found(var key, _, _, _)
                  && current.isFor(key, seen.declared().endpoint(), seen.terms())
              ? CURRENT
              : ofSource(seen);
    };
  }

  private static KeyInQuestion ofSource(KeyObserved seen) {
    return switch (seen.resolution()) {
      case Resolution.Found _ -> CANDIDATE;
      case Resolution.Keyless _ -> PLACE;
      case Resolution.NotArrived _, Resolution.Unusable _ -> NONE;
    };
  }
}
