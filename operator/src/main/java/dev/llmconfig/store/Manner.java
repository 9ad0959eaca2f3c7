package dev.llmconfig.store;

/// How a change is to be made.
public record Manner(Run run, Foreign foreign) {

  public static final Manner APPLY = new Manner(Run.Apply, Foreign.Ask);
  public static final Manner DRY_RUN = new Manner(Run.DryRun, Foreign.Ask);

  public enum Run {
    Apply,
    /// Nothing is changed; what would be is told.
    DryRun
  }

  /// What happens to fields of which somebody else is the owner.
  public enum Foreign {
    Ask,
    /// The person has been asked and has agreed.
    TakeOver
  }

  public boolean dryRun() {
    return run == Run.DryRun;
  }

  public boolean takesOver() {
    return foreign == Foreign.TakeOver;
  }
}
