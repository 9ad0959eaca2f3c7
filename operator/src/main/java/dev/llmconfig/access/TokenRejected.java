package dev.llmconfig.access;

/// The API server does not take these credentials.
public final class TokenRejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TokenRejected() {
    super("the API server does not take this token", null, false, false);
  }
}
