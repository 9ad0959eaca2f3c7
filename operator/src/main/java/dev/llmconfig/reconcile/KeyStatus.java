package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.HandledKeyRequests;
import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.api.v1alpha1.PreviousKey;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.plan.ApiKeyPlanner;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.KeyReport;
import dev.llmconfig.plan.KeyUse;
import dev.llmconfig.plan.StatusNote;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A report as a status. Only the time of a condition's last change is taken over from the status
/// before.
final class KeyStatus {

  private KeyStatus() {}

  static ApiKeyConfigStatus of(KeyReport report, @Nullable ApiKeyConfigStatus before, Instant now) {
    var status = new ApiKeyConfigStatus();
    status.setObservedGeneration(report.observedGeneration());
    report
        .inUse()
        .ifPresent(inUse -> {
          status.setEndpoint(inUse.endpoint());
          inUse
              .secret()
              .ifPresent(secret -> {
                status.setSecretName(secret.name());
                status.setRevision(secret.revision());
              });
        });
    report
        .shown()
        .ifPresent(shown -> {
          status.setMaskedKey(shown.masked());
          status.setFingerprint(shown.fingerprint());
        });
    report.candidate().ifPresent(status::setCandidate);
    report.previous().ifPresent(previous -> status.setPrevious(previous(previous)));
    checked(status, report.checked());
    report.modelCount().ifPresent(status::setModelCount);
    status.setUsedBy(report.usedBy());
    if (!report.notes().isEmpty()) {
      status.setNotes(report.notes().stream().map(KeyStatus::note).toList());
    }
    status.setConditions(conditions(report.conditions(), report.observedGeneration(), before, now));
    return status;
  }

  private static void checked(ApiKeyConfigStatus status, KeyReport.Checked checked) {
    checked.at().map(Instant::toString).ifPresent(status::setLastVerifiedTime);
    checked.requestId().ifPresent(status::setRequestId);
    checked
        .handled()
        .ifPresent(wish -> {
          var handled = new HandledKeyRequests();
          handled.setVerify(wish);
          status.setHandled(handled);
        });
  }

  static Note note(StatusNote note) {
    var bean = new Note();
    bean.setReason(note.reason());
    bean.setMessage(note.message());
    return bean;
  }

  /// What cannot be read does not change what is in use: everything but the conditions stays.
  static ApiKeyConfigStatus invalid(
      List<Problem> problems,
      KeyUse use,
      long generation,
      @Nullable ApiKeyConfigStatus before,
      Instant now) {
    var usable = before != null && before.getRevision() != null;
    var status = judged(ApiKeyPlanner.invalid(problems, usable, use), generation, before, now);
    status.setUsedBy(use.users().size());
    return status;
  }

  static ApiKeyConfigStatus forbidden(
      String what, long generation, @Nullable ApiKeyConfigStatus before, Instant now) {
    return judged(ApiKeyPlanner.forbidden(what), generation, before, now);
  }

  private static ApiKeyConfigStatus judged(
      List<ConditionReport> reports,
      long generation,
      @Nullable ApiKeyConfigStatus before,
      Instant now) {
    var status = new ApiKeyConfigStatus();
    status.setObservedGeneration(generation);
    if (before != null) {
      status.setSecretName(before.getSecretName());
      status.setRevision(before.getRevision());
      status.setEndpoint(before.getEndpoint());
      status.setMaskedKey(before.getMaskedKey());
      status.setFingerprint(before.getFingerprint());
      status.setPrevious(before.getPrevious());
      status.setLastVerifiedTime(before.getLastVerifiedTime());
      status.setRequestId(before.getRequestId());
      status.setHandled(before.getHandled());
      status.setModelCount(before.getModelCount());
      status.setUsedBy(before.getUsedBy());
      status.setNotes(before.getNotes());
    }
    status.setConditions(conditions(reports, generation, before, now));
    return status;
  }

  /// What of a status is ours to compare: a condition of somebody else stays, whatever we write.
  static @Nullable ApiKeyConfigStatus ours(@Nullable ApiKeyConfigStatus seen) {
    if (seen != null && seen.getConditions() != null) {
      seen.setConditions(seen.getConditions().stream().filter(KeyStatus::isOurs).toList());
    }
    return seen;
  }

  static boolean isOurs(Condition condition) {
    return Stream.of(ConditionReport.Type.values())
        .anyMatch(type -> type.name().equals(condition.getType()));
  }

  private static PreviousKey previous(KeyReport.Previous previous) {
    var bean = new PreviousKey();
    bean.setRevision(previous.revision());
    bean.setUsableUntil(previous.usableUntil().toString());
    return bean;
  }

  private static List<Condition> conditions(
      List<ConditionReport> reports,
      long generation,
      @Nullable ApiKeyConfigStatus before,
      Instant now) {
    var old =
        before == null || before.getConditions() == null
            ? List.<Condition>of()
            : before.getConditions();
    return reports.stream().map(one -> condition(one, generation, old, now)).toList();
  }

  static Condition condition(
      ConditionReport report, long generation, List<Condition> before, Instant now) {
    var unchangedSince =
        before.stream()
            .filter(old -> Objects.equals(old.getType(), report.type().name()))
            .filter(old -> Objects.equals(old.getStatus(), report.truth().name()))
            .map(Condition::getLastTransitionTime)
            .filter(Objects::nonNull)
            .findFirst();
    return new ConditionBuilder()
        .withType(report.type().name())
        .withStatus(report.truth().name())
        .withReason(report.reason().name())
        .withMessage(report.message())
        .withObservedGeneration(generation)
        .withLastTransitionTime(
            unchangedSince.orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString()))
        .build();
  }
}
