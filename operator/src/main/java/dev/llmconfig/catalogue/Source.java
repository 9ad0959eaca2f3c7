package dev.llmconfig.catalogue;

import java.time.LocalDate;
import java.util.Optional;

/// Who says so, and as of when.
public sealed interface Source {

  /// As status, JSON and messages name it.
  String label();

  Optional<LocalDate> asOf();

  /// The object itself says so.
  record Declared() implements Source {
    @Override
    public String label() {
      return "override";
    }

    @Override
    public Optional<LocalDate> asOf() {
      return Optional.empty();
    }
  }

  /// Somebody else said so on that day.
  record Dated(String label, LocalDate day) implements Source {
    @Override
    public Optional<LocalDate> asOf() {
      return Optional.of(day);
    }
  }

  static Source override() {
    return new Declared();
  }

  /// The provider's own list, on the day it was read.
  static Source provider(LocalDate day) {
    return new Dated("provider", day);
  }

  static Source packed(String name, String version, LocalDate day) {
    return new Dated(name.concat("@").concat(version), day);
  }

  static Source rule() {
    return new Dated("rule", ModelRules.AS_OF);
  }

  /// For the end of a sentence: `litellm@1.109.1, 2026-11-12`.
  default String inWords() {
    return asOf().map(day -> label() + ", " + day).orElse(label());
  }
}
