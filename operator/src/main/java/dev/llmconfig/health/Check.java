package dev.llmconfig.health;

import java.util.function.Supplier;

/// One thing that must be so for the process to be ready.
public record Check(String name, Supplier<Answer> answer) {

  /// Ready, or the one sentence that says why not.
  public record Answer(boolean ready, String sentence) {

    public static final Answer READY = new Answer(true, "ok");

    public static Answer notReady(String sentence) {
      return new Answer(false, sentence);
    }
  }
}
