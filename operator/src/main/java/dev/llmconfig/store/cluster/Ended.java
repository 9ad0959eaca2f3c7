package dev.llmconfig.store.cluster;

import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome;
import java.util.List;

/// A change that ends before it is made.
final class Ended extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  Ended(Outcome outcome) {
    super(outcome.getClass().getSimpleName(), null, false, false);
    this.outcome = outcome;
  }

  static Ended invalid(Flaw... flaws) {
    return new Ended(new Outcome.Invalid(List.of(flaws)));
  }

  Outcome outcome() {
    return outcome;
  }
}
