package dev.llmconfig.gateway;

import dev.llmconfig.domain.Problem;
import java.util.List;

/// What came of looking for what a chat uses.
public sealed interface Resolution {

  /// Closing it wipes the key, whether or not it was used.
  record Ready(ChatTarget target, Runnable wiping) implements Resolution, AutoCloseable {
    @Override
    public void close() {
      wiping.run();
    }

    @Override
    public String toString() {
      return target.toString();
    }
  }

  /// There is nothing that could be used now.
  ///
  /// @param reason a word of a condition
  /// @param action the next step
  record NotNow(String reason, String sentence, String action) implements Resolution {}

  /// This process has no key ring.
  record NoRing() implements Resolution {}

  /// The ring is not the one that the key was encrypted with.
  record Unopened(String sentence) implements Resolution {}

  /// The key is not for this model.
  record NotOffered(String sentence) implements Resolution {}

  /// What is asked of the model is not possible.
  record Impossible(List<Problem> problems) implements Resolution {
    public Impossible {
      problems = List.copyOf(problems);
    }
  }
}
