package dev.llmconfig.access;

/// The API server is there and takes the question from nobody, or not from this caller. It says
/// nothing about anybody else, and is no reason to go on with what was allowed before.
public final class ReviewRefused extends ReviewUnavailable {

  private static final long serialVersionUID = 1L;

  /// Says why.
  ///
  /// @param what a word for logs, never a text of the answer
  public ReviewRefused(String what) {
    super(what);
  }
}
