package dev.llmconfig.plan;

import dev.llmconfig.agent.Rendering;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Reason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The condition that says whether every parameter reaches the model as it was asked for, and names
/// each that does not. It never touches `Ready`.
final class ParametersHonoured {

  private ParametersHonoured() {}

  static Optional<ConditionReport> of(ModelOutlook outlook) {
    return outlook.acceptance().accepted().map(accepted -> of(outlook, accepted));
  }

  private static ConditionReport of(ModelOutlook outlook, Acceptance.Accepted accepted) {
    var outcomes = accepted.parameters().outcomes();
    var lost = lost(accepted);
    var rejected = rejected(outlook);
    var words = new ModelWords(accepted.wanted().revision());

    var sentences = new ArrayList<String>();
    outcomes.forEach(outcome -> sentences.add(outcome.sentence()));
    lost.forEach(one -> sentences.add(one.sentence()));
    if (rejected) {
      sentences.add(words.sentence(VerdictReason.ParameterRejected));
    }
    if (sentences.isEmpty()) {
      return allSent(accepted);
    }
    return new ConditionReport(
        ConditionReport.Type.ParametersHonoured,
        Truth.False,
        reason(accepted, outcomes, lost),
        sentences.stream().collect(Collectors.joining(" ")));
  }

  private static ConditionReport allSent(Acceptance.Accepted accepted) {
    return accepted.parameters().honoured() == ConditionReason.ModelUnknown
        ? new ConditionReport(
            ConditionReport.Type.ParametersHonoured,
            Truth.Unknown,
            ConditionReason.ModelUnknown,
            "Nothing is known of %s; its parameters are sent as they were asked for."
                .formatted(accepted.wanted().revision().model()))
        : new ConditionReport(
            ConditionReport.Type.ParametersHonoured,
            Truth.True,
            ConditionReason.AllSent,
            "Every parameter is sent as it was asked for.");
  }

  private static Reason reason(
      Acceptance.Accepted accepted,
      List<ParameterOutcome> outcomes,
      List<Rendering.NotCarried> lost) {
    if (!outcomes.isEmpty()) {
      return accepted.parameters().honoured();
    }
    return lost.isEmpty() ? VerdictReason.ParameterRejected : ConditionReason.NotCarriedByProfile;
  }

  /// Files hold what a variable cannot say.
  private static List<Rendering.NotCarried> lost(Acceptance.Accepted accepted) {
    return accepted.wanted().revision().mode() == DeliveryMode.File
        ? List.of()
        : accepted.rendering().map(Rendering.Rendered::notCarried).orElse(List.of());
  }

  private static boolean rejected(ModelOutlook outlook) {
    return outlook
        .standing()
        .word()
        .filter(word -> word.reason() == VerdictReason.ParameterRejected)
        .isPresent();
  }
}
