package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.Revision;
import java.util.Optional;

/// A verdict in words, with the names of this model in them. Nothing in a sentence changes from
/// check to check.
final class ModelWords {

  private final VerdictReason.Names names;

  ModelWords(Revision revision) {
    this.names =
        new VerdictReason.Names(
            revision.provider().name(),
            revision.endpoint().shown(),
            Optional.of(revision.model()),
            Optional.empty());
  }

  /// A yes to a model is one of two words, whatever was asked to find out.
  static VerdictReason accepted(VerdictReason reason) {
    return reason == VerdictReason.ModelNotChecked || reason == VerdictReason.KeyNotChecked
        ? VerdictReason.ModelNotChecked
        : VerdictReason.ModelAvailable;
  }

  String sentence(VerdictReason reason) {
    return reason.sentence(names);
  }

  /// With what to do about it.
  String refused(VerdictReason reason) {
    return reason.sentence(names) + " " + reason.nextStep(names);
  }

  String nextStep(VerdictReason reason) {
    return reason.nextStep(names);
  }
}
