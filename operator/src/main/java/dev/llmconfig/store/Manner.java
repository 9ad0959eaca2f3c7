package dev.llmconfig.store;

/// How a change is to be made.
public record Manner(Run run, Foreign foreign) {

  public static final Manner APPLY = new Manner(Run.Apply, Foreign.Ask);
  public static final Manner DRY_RUN = new Manner(Run.DryRun, Foreign.Ask);

  public enum Run {
    Apply,
    /// Nothing is changed; what would be is told.
    DryRun,
    /// The same for whoever commits it elsewhere: the answer is what to commit, and the right to
    /// read is enough.
    Draft
  }

  /// What happens to fields of which somebody else is the owner.
  public enum Foreign {
    Ask,
    /// The person has been asked and has agreed.
    TakeOver
  }

  public boolean dryRun() {
    return run != Run.Apply;
  }

  public boolean drafts() {
    return run == Run.Draft;
  }

  public boolean takesOver() {
    return foreign == Foreign.TakeOver;
  }
}
