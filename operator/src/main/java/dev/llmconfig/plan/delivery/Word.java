package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Of several reasons the first of this order is the condition's; the others are in its message.
final class Word {

  private static final List<ConditionReason> ORDER =
      List.of(
          ConditionReason.RolloutFailed,
          ConditionReason.RolledBack,
          ConditionReason.NameTaken,
          ConditionReason.Forbidden,
          ConditionReason.Contested,
          ConditionReason.EnvOwnedByAnotherManager,
          ConditionReason.EnvCollision,
          ConditionReason.ShadowedEnv,
          ConditionReason.ContainerNotFound,
          ConditionReason.EnvFromNotReferenced,
          ConditionReason.NotAvailable,
          ConditionReason.AwaitingApproval,
          ConditionReason.Rolling,
          ConditionReason.Waiting);

  /// How many are named in a sentence.
  private static final int NAMED = 3;

  private record Said(Reason reason, String text) {}

  private final List<Said> said = new ArrayList<>();

  void say(Reason reason, String text) {
    said.add(new Said(reason, text));
  }

  Optional<Reason> reason() {
    return said.stream().map(Said::reason).min(Comparator.comparingInt(Word::rank));
  }

  /// What is said about one reason.
  Optional<String> about(Reason reason) {
    return said.stream().anyMatch(one -> one.reason() == reason)
        ? Optional.of(sentence(reason))
        : Optional.empty();
  }

  /// One sentence for each reason, the most important first, and no more names than a person reads.
  String message() {
    return said.stream()
        .map(Said::reason)
        .distinct()
        .sorted(Comparator.comparingInt(Word::rank))
        .map(this::sentence)
        .collect(Collectors.joining(" "));
  }

  private String sentence(Reason reason) {
    var texts = said.stream().filter(one -> one.reason() == reason).map(Said::text).toList();
    var named = String.join("; ", texts.subList(0, Math.min(NAMED, texts.size())));
    var more = texts.size() - NAMED;
    return more > 0
        ? "%s: %s; and %d more.".formatted(reason.name(), named, more)
        : "%s: %s.".formatted(reason.name(), named);
  }

  /// What is not in the list is a reason of a workload's own, such as a profile that is not there:
  /// its owner must act, and nothing gets in before it but failures.
  private static int rank(Reason reason) {
    var rank = reason instanceof ConditionReason ours ? ORDER.indexOf(ours) : -1;
    return rank < 0 ? ORDER.indexOf(ConditionReason.ContainerNotFound) : rank;
  }
}
