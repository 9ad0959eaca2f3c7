package dev.llmconfig.store.local;

/// The store cannot be used as it was asked for: cause, effect and the next step in one sentence,
/// with nothing secret in it.
public final class StoreRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreRefused(String sentence) {
    super(sentence, null, false, false);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
