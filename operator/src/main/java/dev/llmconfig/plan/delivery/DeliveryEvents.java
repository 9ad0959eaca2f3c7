package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.PlannedEvent;
import dev.llmconfig.plan.rollout.Act;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a step tells once, when it changes.
record DeliveryEvents(Round round, Word word, DeliveryPlan.Counts counts) {

  List<PlannedEvent> events() {
    return round.dryRun()
        ? List.of()
        : Stream.of(finished(), failed(), started(), rescued(), defaultChanged(), contested())
            .flatMap(Optional::stream)
            .toList();
  }

  private Optional<PlannedEvent> finished() {
    return round.finished() && !round.recipients().isEmpty()
        ? Optional.of(
            new PlannedEvent(
                PlannedEvent.Reason.RolloutFinished,
                (round.onRestart()
                        ? "Revision %s is in the Secret of %d of %s, which have it with their next restart."
                        : "Revision %s is with %d of %s.")
                    .formatted(round.wanted().name(), counts.upToDate(), all())))
        : Optional.empty();
  }

  private Optional<PlannedEvent> failed() {
    var known = round.seen().outlook().seen().before().failedRevision();
    return round.failed() && known.filter(round.wanted().name()::equals).isEmpty()
        ? Optional.of(
            new PlannedEvent(
                PlannedEvent.Reason.RolledBack,
                "Revision %s failed. %s".formatted(round.wanted().name(), word.message())))
        : Optional.empty();
  }

  private Optional<PlannedEvent> started() {
    return round.step().acts().containsValue(Act.CANDIDATE)
            && !round.ground().settled()
            && round.recipients().stream()
                .noneMatch(one -> one.carried().filter(one.candidate()::equals).isPresent())
        ? Optional.of(
            new PlannedEvent(
                PlannedEvent.Reason.RolloutStarted,
                "Revision %s goes to %s.".formatted(round.wanted().name(), all())))
        : Optional.empty();
  }

  private Optional<PlannedEvent> rescued() {
    var names =
        round.recipients().stream()
            .filter(one -> one.stranded() && round.act(one).isPresent())
            .map(Recipient::text)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PlannedEvent(
                PlannedEvent.Reason.RolledBack,
                PlannedEvent.Kind.Warning,
                "What %s names is gone, a key or files, so no pod could start; the settings are given at once."
                    .formatted(names)));
  }

  /// With the first of the followers.
  private Optional<PlannedEvent> defaultChanged() {
    var followers = round.recipients().stream().filter(Recipient::follower).toList();
    var first =
        followers.stream()
            .noneMatch(one -> one.deliveredBy().filter(round.seen().name()::equals).isPresent());
    var handedOver =
        followers.stream()
            .filter(Recipient::foreign)
            .filter(one -> round.act(one).isPresent())
            .flatMap(one -> one.deliveredBy().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return first && !handedOver.isEmpty()
        ? Optional.of(
            new PlannedEvent(
                PlannedEvent.Reason.DefaultChanged,
                "ModelConfig %s is the default now and takes over %s from ModelConfig %s."
                    .formatted(
                        round.seen().name(),
                        DeliveredCondition.workloads(
                            followers.stream().filter(Recipient::foreign).count()),
                        handedOver)))
        : Optional.empty();
  }

  /// Told again when others are concerned.
  private Optional<PlannedEvent> contested() {
    var known =
        Optional.ofNullable(
            round
                .seen()
                .outlook()
                .seen()
                .before()
                .conditions()
                .get(ConditionReport.Type.Delivered));
    return word.about(ConditionReason.Contested)
        .filter(said -> known.filter(one -> one.message().contains(said)).isEmpty())
        .map(said ->
            new PlannedEvent(PlannedEvent.Reason.Contested, said.substring(said.indexOf(' ') + 1)));
  }

  private String all() {
    return DeliveredCondition.workloads(round.recipients().size());
  }
}
