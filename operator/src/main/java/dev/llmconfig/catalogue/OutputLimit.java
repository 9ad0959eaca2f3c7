package dev.llmconfig.catalogue;

import java.util.Optional;

/// The most output tokens that a model can be asked for, as far as anybody says.
final class OutputLimit {

  private OutputLimit() {}

  /// A stated limit; else the window, because no answer is longer than that. A source that repeats
  /// the input limit as the output limit has told us the window.
  static Optional<Fact<Long>> of(Facts facts) {
    var limit = facts.get(Attribute.MAX_OUTPUT_TOKENS);
    boolean copied =
        limit.isPresent()
            && facts
                .get(Attribute.OUTPUT_LIMIT_TRUSTED)
                .filter(trusted -> trusted.source().equals(limit.get().source()))
                .filter(trusted -> !trusted.value())
                .isPresent();
    if (limit.isPresent() && !copied) {
      return limit;
    }
    return facts.get(Attribute.CONTEXT_TOKENS).or(() -> limit);
  }
}
