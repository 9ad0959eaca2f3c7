package dev.llmconfig.domain;

import java.util.List;

/// Something valid, or everything that is wrong with it at once.
public sealed interface Validated<T> {

  record Valid<T>(T value) implements Validated<T> {}

  record Invalid<T>(List<Problem> problems) implements Validated<T> {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("something invalid has at least one problem");
      }
    }
  }

  static <T> Validated<T> of(T value, List<Problem> problems) {
    return problems.isEmpty() ? new Valid<>(value) : new Invalid<>(problems);
  }
}
