package dev.llmconfig.plan;

import java.util.Optional;

/// What is in use once the plan is applied, as the status shows it.
final class KeyInUse {

  private KeyInUse() {}

  static Optional<KeyReport.InUse> of(
      KeyObserved seen, KeyDecision decision, Optional<ManagedSecret> written) {
    return written
        .map(ManagedSecret::current)
        .map(slot -> inUse(seen, slot.revision(), slot.endpoint()))
        .or(() -> held(seen))
        .or(() -> place(seen, decision));
  }

  /// A place without a key: the one that was accepted last.
  static Optional<KeyReport.InUse> place(KeyObserved seen, KeyDecision decision) {
    return (switch (decision) {
          case KeyDecision.Keyless(var proven) when proven ->
              Optional.of(seen.declared().endpoint().text());
          case KeyDecision.Keyless _ -> seen.before().endpoint();
          case KeyDecision.Unresolved _,
              KeyDecision.Keep _,
              KeyDecision.Promote _,
              KeyDecision.AwaitVerdict _ ->
              Optional.<String>empty();
        })
        .map(endpoint -> new KeyReport.InUse(Optional.empty(), endpoint));
  }

  /// How people recognise the key: that in use, else the candidate.
  static Optional<KeyReport.Shown> shown(
      KeyObserved seen, KeyDecision decision, Optional<ResolvedKey> candidate) {
    return (decision instanceof KeyDecision.Promote(var key)
            ? Optional.of(key)
            : opened(seen).map(held -> held.current().key()).or(() -> candidate))
        .map(key -> new KeyReport.Shown(key.masked(), key.fingerprint()));
  }

  static Optional<KeyReport.Previous> previous(KeyObserved seen, Optional<ManagedSecret> written) {
    return written.isPresent()
        ? written
            .flatMap(ManagedSecret::previous)
            .map(one -> new KeyReport.Previous(one.slot().revision(), one.usableUntil()))
        : opened(seen)
            .flatMap(HeldKey.Held::previous)
            .map(one -> new KeyReport.Previous(one.revision(), one.usableUntil()));
  }

  private static Optional<KeyReport.InUse> held(KeyObserved seen) {
    return switch (seen.held()) {
      case HeldKey.Absent _, HeldKey.NameTaken _ -> Optional.empty();
      case HeldKey.Unopened(_, _, var revision, var endpoint) ->
          Optional.of(inUse(seen, revision, endpoint));
      case HeldKey.Held(var current, _, _) ->
          Optional.of(inUse(seen, current.revision(), current.endpoint()));
    };
  }

  private static KeyReport.InUse inUse(KeyObserved seen, String revision, String endpoint) {
    return new KeyReport.InUse(
        Optional.of(new KeyReport.KeySecret(ApiKeyPlanner.secretName(seen), revision)), endpoint);
  }

  private static Optional<HeldKey.Held> opened(KeyObserved seen) {
    return seen.held() instanceof HeldKey.Held held ? Optional.of(held) : Optional.empty();
  }
}
