package dev.llmconfig.plan;

/// An event on the object, written when something changed and never on a mere repetition.
///
/// @param kind usually that of the reason
public record PlannedEvent(Reason reason, Kind kind, String message) {

  public PlannedEvent(Reason reason, String message) {
    this(reason, reason.kind, message);
  }

  public enum Reason {
    KeyTrimmed(Kind.Warning, With.SECRET),
    KeyRotated(Kind.Normal, With.SECRET),
    KeyVerified(Kind.Normal, With.STATUS),
    KeyRefused(Kind.Warning, With.STATUS),
    KeyExpiresSoon(Kind.Warning, With.STATUS),
    TokenUsesOldKey(Kind.Warning, With.STATUS),
    InUse(Kind.Warning, With.STATUS),
    InsecureAnnotation(Kind.Warning, With.STATUS),
    ReencryptionDone(Kind.Normal, With.SECRET),
    /// On the Secret of the key ring, as the next one.
    KeyRingMissing(Kind.Warning, With.STATUS),
    KeyRingRefused(Kind.Warning, With.STATUS),
    RolloutStarted(Kind.Normal, With.STATUS),
    RolloutFinished(Kind.Normal, With.STATUS),
    RolledBack(Kind.Warning, With.STATUS),
    Contested(Kind.Warning, With.STATUS),
    LeftBehind(Kind.Warning, With.STATUS),
    DefaultChanged(Kind.Normal, With.STATUS),
    DefaultConflict(Kind.Warning, With.STATUS),
    ModelRetiring(Kind.Normal, With.STATUS),
    ModelRefused(Kind.Warning, With.STATUS),
    /// On a workload, which has no status of ours.
    ModelConfigNotFound(Kind.Warning, With.STATUS),
    /// On the ConfigMap, which has no status of ours.
    ProfileRefused(Kind.Warning, With.STATUS);

    private final Kind kind;
    private final With with;

    Reason(Kind kind, With with) {
      this.kind = kind;
      this.with = with;
    }

    public With with() {
      return with;
    }
  }

  /// The write that makes it true, and keeps it from being told again.
  public enum With {
    SECRET,
    STATUS
  }

  public enum Kind {
    Normal,
    Warning
  }
}
