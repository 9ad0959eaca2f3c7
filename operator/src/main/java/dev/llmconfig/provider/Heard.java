package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.VerdictReason;
import java.util.Optional;

/// What one call brought: always a finding, and the answer where there was one.
record Heard(Finding finding, Optional<Answer> answer) {

  boolean good() {
    return finding.reason() == VerdictReason.KeyAccepted;
  }

  boolean status(int... any) {
    return answer.filter(a -> a.status(any)).isPresent();
  }

  /// The body of a good answer.
  Optional<JsonNode> body() {
    return answer.filter(Answer::good).flatMap(Answer::json);
  }
}
