package dev.llmconfig.store;

import dev.llmconfig.domain.Problem;

/// What is wrong with one field of what was sent. It never repeats a value.
public record Flaw(String field, Reason reason, String sentence) {

  /// People script against these words.
  public enum Reason {
    Invalid,
    UnknownField,
    KeyLooksMasked,
    KeyMalformed,
    KeyEmpty,
    KeyRingMissing,
    LooksLikeAKey,
    KeyRequiredForNewEndpoint,
    DecryptionFailed,
    TokenBoundElsewhere,
    ApiKeyNotFound
  }

  public static Flaw invalid(String field, String sentence) {
    return new Flaw(field, Reason.Invalid, sentence);
  }

  public static Flaw of(Problem problem) {
    return invalid(problem.field(), problem.sentence());
  }
}
