package dev.llmconfig.plan.delivery;

import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.RememberedModel;
import java.util.Optional;

/// Who did not become available with a candidate, as the status tells it. Whoever was put back is
/// like those that never started, and only what was told of it before tells them apart.
record FailuresTold(Optional<String> message) {

  static final String DID_NOT = " did not become available";
  static final String NOT_EITHER = " is not available on the last good settings either";

  static FailuresTold of(RememberedModel before, String candidate) {
    return new FailuresTold(
        before
            .failedRevision()
            .filter(candidate::equals)
            .flatMap(
                _ -> Optional.ofNullable(before.conditions().get(ConditionReport.Type.Delivered)))
            .map(ConditionReport::message));
  }

  boolean name(Recipient one) {
    return message
        .filter(
            told -> told.contains(one.text() + DID_NOT) || told.contains(one.text() + NOT_EITHER))
        .isPresent();
  }
}
