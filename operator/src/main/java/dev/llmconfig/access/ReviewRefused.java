package dev.llmconfig.access;

/// The API server is there and does not take the question. It says nothing about anybody else.
public final class ReviewRefused extends ReviewUnavailable {

  private static final long serialVersionUID = 1L;

  private final boolean ofWhoAsks;

  private ReviewRefused(String what, boolean ofWhoAsks) {
    super(what);
    this.ofWhoAsks = ofWhoAsks;
  }

  /// It is taken from nobody.
  ///
  /// @param what a word for logs, never a text of the answer
  public static ReviewRefused whatIsAsked(String what) {
    return new ReviewRefused(what, false);
  }

  /// It is not taken from this caller, or not from us; one that has only just started takes it from
  /// nobody for some seconds.
  ///
  /// @param what a word for logs, never a text of the answer
  public static ReviewRefused whoAsks(String what) {
    return new ReviewRefused(what, true);
  }

  /// Whether the same question may well be taken from them in a moment.
  boolean ofWhoAsks() {
    return ofWhoAsks;
  }
}
