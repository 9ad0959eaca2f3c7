package dev.llmconfig.plan;

import java.util.Optional;

/// What is to be done to the SealedSecret of a key.
public sealed interface SealedStep {

  record Nothing() implements SealedStep {}

  /// Written as it shall be.
  ///
  /// @param over what it is written over; empty where nothing is there
  record Apply(SealedSecret wanted, Optional<SealedSeen.Version> over) implements SealedStep {}

  record Delete(SealedSeen.Version version) implements SealedStep {}

  /// No longer declared; it goes when the source that took its place is in use, and not before.
  record Retire(SealedSeen.Version version) implements SealedStep {}

  /// What of it is due now. Nothing is made for a key that is being deleted.
  static SealedStep due(KeyObserved seen, KeyDecision decision) {
    return switch (seen.sealed()) {
      case Apply(_, var over) when over.isEmpty() && seen.use().deleting() -> new Nothing();
      case Retire(var version) -> replaced(decision) ? new Delete(version) : new Nothing();
      case Nothing step -> step;
      case Apply step -> step;
      case Delete step -> step;
    };
  }

  private static boolean replaced(KeyDecision decision) {
    return switch (decision) {
      case KeyDecision.Keep _, KeyDecision.Promote _ -> true;
      case KeyDecision.Keyless(var proven) -> proven;
      case KeyDecision.Unresolved _, KeyDecision.AwaitVerdict _ -> false;
    };
  }
}
