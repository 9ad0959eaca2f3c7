package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.Reason;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.rollout.Ground;
import java.util.Optional;

/// The condition `Delivered` of a step.
record DeliveredCondition(Round round, Word word, int restarts) {

  static String notAvailable(DeliveryMode mode) {
    return "Delivery mode %s is not available yet, so agents keep what they have; use Env, EnvFrom or File."
        .formatted(mode);
  }

  /// Such as `1 workload`.
  static String workloads(long count) {
    return count == 1 ? "1 workload" : count + " workloads";
  }

  /// Empty where nothing was given to anybody yet, and why is said by other conditions.
  Optional<ConditionReport> report() {
    return DryRun.condition(round.declared(), restarts)
        .or(this::modeNotAvailable)
        .or(this::awaitingApproval)
        .or(this::behind)
        .or(this::atRest);
  }

  private Optional<ConditionReport> modeNotAvailable() {
    return round
        .seen()
        .outlook()
        .wanted()
        .map(one -> one.revision().mode())
        .filter(mode -> mode == DeliveryMode.Gateway)
        .map(mode ->
            report(
                Truth.False,
                ConditionReason.NotAvailable,
                (notAvailable(mode) + " " + word.message()).strip()));
  }

  private Optional<ConditionReport> awaitingApproval() {
    if (round.ground().leave() != Ground.Leave.NOT_APPROVED || !quiet(word.reason())) {
      return Optional.empty();
    }
    var ref = round.declared().ref();
    return Optional.of(
        report(
            Truth.Unknown,
            ConditionReason.AwaitingApproval,
            "Revision %s restarts %s and waits for approval: kubectl annotate modelconfig %s --namespace %s --overwrite %s=%s"
                .formatted(
                    round.wanted().name(),
                    workloads(restarts),
                    ref.name(),
                    ref.namespace(),
                    Annotations.APPROVED_REVISION,
                    round.wanted().name())));
  }

  /// Nothing but what the approval will set going.
  private static boolean quiet(Optional<Reason> reason) {
    return reason
        .filter(one -> one != ConditionReason.Waiting && one != ConditionReason.Rolling)
        .isEmpty();
  }

  private Optional<ConditionReport> behind() {
    return word.reason()
        .map(reason -> report(Truth.False, reason, word.message() + tryAgain(reason)));
  }

  /// At the end, so that it can be copied.
  private String tryAgain(Reason reason) {
    if (reason == ConditionReason.RolledBack || reason == ConditionReason.RolloutFailed) {
      return " Revision %s is not tried again until it changes; for another try: %s"
          .formatted(round.wanted().name(), retry());
    }
    return reason == ConditionReason.Contested
        ? " To have the settings written again: " + retry()
        : "";
  }

  private String retry() {
    var ref = round.declared().ref();
    return "kubectl annotate modelconfig %s --namespace %s --overwrite %s=\"$(date)\""
        .formatted(ref.name(), ref.namespace(), Annotations.RETRY_REQUESTED_AT);
  }

  private Optional<ConditionReport> atRest() {
    var finished = round.finished();
    if (round.ground().applied().isEmpty() && !finished) {
      return Optional.empty();
    }
    var name = finished ? round.wanted().name() : round.ground().applied().orElseThrow();
    return Optional.of(
        round.recipients().isEmpty()
            ? report(
                Truth.True,
                ConditionReason.NothingToDeliver,
                "No workload asks for these settings; label one with %s: %s."
                    .formatted(Labels.MODEL_CONFIG, round.declared().ref().name()))
            : report(Truth.True, ConditionReason.UpToDate, has(name)));
  }

  private String has(String revision) {
    return round.onRestart()
        ? "Revision %s is in Secret %s; agents have it with their next restart."
            .formatted(revision, ManagedNames.environmentSecret(round.declared().ref().name()))
        : "Agents have revision %s.".formatted(revision);
  }

  private static ConditionReport report(Truth truth, Reason reason, String message) {
    return new ConditionReport(ConditionReport.Type.Delivered, truth, reason, message);
  }
}
