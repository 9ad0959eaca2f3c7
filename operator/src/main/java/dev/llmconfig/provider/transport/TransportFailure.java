package dev.llmconfig.provider.transport;

import dev.llmconfig.api.VerdictReason;

/// No answer. It carries our own words and the class of what went wrong, never the message of an
/// HTTP or URI exception: those quote header values and URLs.
public final class TransportFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final VerdictReason reason;
  private final boolean repeatable;
  private final String words;

  private TransportFailure(VerdictReason reason, String words, boolean repeatable) {
    super(words, null, false, false);
    this.reason = reason;
    this.repeatable = repeatable;
    this.words = words;
  }

  static TransportFailure of(VerdictReason reason, String words) {
    return new TransportFailure(reason, words, false);
  }

  static TransportFailure of(VerdictReason reason, Throwable cause) {
    return of(reason, cause.getClass().getSimpleName());
  }

  /// The connection broke before the first byte of an answer, so that asking once more is safe.
  static TransportFailure beforeTheFirstByte(Throwable cause) {
    return new TransportFailure(
        VerdictReason.ProviderUnavailable, cause.getClass().getSimpleName(), true);
  }

  public VerdictReason reason() {
    return reason;
  }

  /// What happened, in our own words or as the class of an exception.
  public String words() {
    return words;
  }

  public boolean repeatable() {
    return repeatable;
  }
}
