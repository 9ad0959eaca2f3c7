package dev.llmconfig.access;

/// No answer of the API server came.
public final class Unanswered extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean sent;

  Unanswered(boolean sent) {
    super("no answer", null, false, false);
    this.sent = sent;
  }

  /// Whether the API server may have done all the same what it was asked for.
  public boolean sent() {
    return sent;
  }
}
