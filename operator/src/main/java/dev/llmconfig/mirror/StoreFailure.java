package dev.llmconfig.mirror;

import org.jspecify.annotations.Nullable;

/// The rows could not be written.
public final class StoreFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Cause cause;

  public enum Cause {
    /// What is there stays readable and right, and the same write can be tried again.
    DISK_FULL,
    /// As above.
    READ_ONLY,
    /// Somebody else writes here, or keeps what must not be dropped.
    TAKEN,
    /// What is there cannot be trusted.
    BROKEN
  }

  /// The sentence is for people: cause, effect, next step.
  public StoreFailure(Cause cause, String sentence, @Nullable Throwable reason) {
    super(sentence, reason);
    this.cause = cause;
  }

  public Cause why() {
    return cause;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
