package dev.llmconfig.mirror;

import org.jspecify.annotations.Nullable;

/// There are no rows to answer from. The message is a sentence for people.
public final class MirrorUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MirrorUnavailable(String sentence, @Nullable Throwable reason) {
    super(sentence, reason);
  }
}
