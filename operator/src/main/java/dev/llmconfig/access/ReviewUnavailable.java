package dev.llmconfig.access;

/// Nobody could say who this is or what they may do.
public sealed class ReviewUnavailable extends RuntimeException permits ReviewRefused {

  private static final long serialVersionUID = 1L;

  /// Says why.
  ///
  /// @param what a word for logs, never a text of the answer
  public ReviewUnavailable(String what) {
    super("the API server could not be asked: " + what, null, false, false);
  }
}
