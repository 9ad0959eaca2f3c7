package dev.llmconfig.plan.rollout;

/// Where one agent stands.
public enum Stage {
  /// It carries what it shall.
  UP_TO_DATE(false),
  /// It carries it, and its pods get it when somebody restarts them.
  ON_NEXT_RESTART(false),
  /// It was not available before, and is not now: its owner's business.
  UNWELL(false),
  /// Something of its own is in the way.
  BLOCKED(false),
  /// Its pods are being replaced.
  ROLLING(true),
  /// Its turn has not come.
  WAITING(true),
  /// It did not become available with the new settings.
  FAILED(true),
  /// It is back on the last good settings, or on its way there.
  PUT_BACK(true);

  private final boolean holdsBack;

  Stage(boolean holdsBack) {
    this.holdsBack = holdsBack;
  }

  /// Whether the new settings cannot count as applied because of it.
  public boolean holdsBack() {
    return holdsBack;
  }
}
