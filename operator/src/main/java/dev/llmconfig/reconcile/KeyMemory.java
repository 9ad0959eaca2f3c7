package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Reason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.HandledKeyRequests;
import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.Remembered;
import dev.llmconfig.plan.StatusNote;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads back what the status says. What is not understood there is as good as forgotten.
final class KeyMemory {

  private KeyMemory() {}

  static Remembered of(@Nullable ApiKeyConfigStatus status) {
    if (status == null) {
      return Remembered.NOTHING;
    }
    var conditions = Objects.requireNonNullElse(status.getConditions(), List.<Condition>of());
    return new Remembered(
        status.getObservedGeneration() == null ? 0 : status.getObservedGeneration(),
        Optional.ofNullable(status.getRevision()),
        Optional.ofNullable(status.getEndpoint()),
        Optional.ofNullable(status.getCandidate()),
        reports(conditions),
        conditions.stream()
            .filter(one -> ConditionReport.Type.Verified.name().equals(one.getType()))
            .findFirst()
            .flatMap(one -> time(one.getLastTransitionTime())),
        time(status.getLastVerifiedTime()),
        Optional.ofNullable(status.getRequestId()),
        Optional.ofNullable(status.getHandled()).map(HandledKeyRequests::getVerify),
        status.getModelCount() == null
            ? OptionalInt.empty()
            : OptionalInt.of(status.getModelCount()),
        notes(status.getNotes()));
  }

  static List<StatusNote> notes(@Nullable List<Note> notes) {
    return Objects.requireNonNullElse(notes, List.<Note>of()).stream()
        .map(note ->
            new StatusNote(
                Objects.requireNonNullElse(note.getReason(), ""),
                Objects.requireNonNullElse(note.getMessage(), "")))
        .toList();
  }

  static Map<ConditionReport.Type, ConditionReport> reports(List<Condition> conditions) {
    var reports = new EnumMap<ConditionReport.Type, ConditionReport>(ConditionReport.Type.class);
    for (var condition : conditions) {
      var type = word(ConditionReport.Type.class, condition.getType());
      var truth = word(Truth.class, condition.getStatus());
      var reason = reason(condition.getReason());
      if (type.isPresent() && truth.isPresent() && reason.isPresent()) {
        reports.put(
            type.get(),
            new ConditionReport(
                type.get(),
                truth.get(),
                reason.get(),
                Objects.requireNonNullElse(condition.getMessage(), "")));
      }
    }
    return reports;
  }

  private static Optional<Reason> reason(@Nullable String text) {
    return word(ConditionReason.class, text)
        .<Reason>map(one -> one)
        .or(() -> word(VerdictReason.class, text));
  }

  private static <E extends Enum<E>> Optional<E> word(Class<E> words, @Nullable String text) {
    return Stream.of(words.getEnumConstants()).filter(one -> one.name().equals(text)).findFirst();
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
