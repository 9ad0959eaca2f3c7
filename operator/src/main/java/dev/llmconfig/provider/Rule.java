package dev.llmconfig.provider;

import dev.llmconfig.api.VerdictReason;
import java.util.Optional;

/// One line of the ordered table of providers.md 3.3: it knows the answer, or passes it on.
record Rule(int number, String about, Policy policy) {

  @FunctionalInterface
  interface Policy {
    Optional<VerdictReason> judge(Answer answer);
  }
}
