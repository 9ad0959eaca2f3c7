package dev.llmconfig.plan;

/// An event on the object, written when something changed and never on a mere repetition.
public record PlannedEvent(Reason reason, String message) {

  public enum Reason {
    KeyTrimmed(Kind.Warning),
    KeyRotated(Kind.Normal);

    private final Kind kind;

    Reason(Kind kind) {
      this.kind = kind;
    }

    public Kind kind() {
      return kind;
    }
  }

  public enum Kind {
    Normal,
    Warning
  }
}
