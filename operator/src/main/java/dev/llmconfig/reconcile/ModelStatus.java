package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.HandledModelRequests;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.api.v1alpha1.ResolvedModel;
import dev.llmconfig.api.v1alpha1.ResolvedParameter;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.AppliedStatus;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.ModelReport;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A report as a status. What the report does not decide stays as it was: the delivery, and the
/// time of a condition's last change.
final class ModelStatus {

  private ModelStatus() {}

  static ModelConfigStatus of(
      ModelReport report, DeliveryPlan delivery, @Nullable ModelConfigStatus before, Instant now) {
    var status = of(report, before, now);
    status.setRevision(null);
    status.setApplied(null);
    delivery.applied().ifPresent(applied -> applied(status, applied));
    if (Objects.equals(status.getCandidate(), status.getRevision())) {
      status.setCandidate(null);
    }
    status.setFailedRevision(delivery.failed().orElse(null));
    status.setHandled(handled(report.handledVerify(), delivery.retry()));
    status.setPlanned(delivery.planned().map(DeliveryStatus::planned).orElse(null));
    status.setWorkloads(DeliveryStatus.counts(delivery.counts()));
    status.setAgents("%d/%d".formatted(delivery.counts().upToDate(), delivery.counts().matched()));
    status.setBehind(
        delivery.behind().isEmpty()
            ? null
            : delivery.behind().stream().map(DeliveryStatus::behind).toList());
    return status;
  }

  private static void applied(ModelConfigStatus status, AppliedRevision applied) {
    status.setRevision(applied.name());
    status.setApplied(AppliedStatus.write(applied.settings(), applied.basis()));
  }

  static ModelConfigStatus of(ModelReport report, @Nullable ModelConfigStatus before, Instant now) {
    var status = kept(before);
    status.setObservedGeneration(report.observedGeneration());
    report.resolved().map(ModelStatus::resolved).ifPresent(status::setResolved);
    report.candidate().ifPresent(status::setCandidate);
    status.setHandled(handled(report.handledVerify(), retry(before)));
    if (!report.notes().isEmpty()) {
      status.setNotes(report.notes().stream().map(KeyStatus::note).toList());
    }
    status.setConditions(conditions(report.conditions(), report.observedGeneration(), before, now));
    return status;
  }

  /// What cannot be read changes nothing that agents have.
  static ModelConfigStatus invalid(
      List<Problem> problems, long generation, @Nullable ModelConfigStatus before, Instant now) {
    var status = kept(before);
    status.setObservedGeneration(generation);
    if (before != null) {
      status.setHandled(before.getHandled());
    }
    status.setConditions(conditions(ModelPlanner.invalid(problems), generation, before, now));
    return status;
  }

  /// What of a status is ours to compare: a condition of somebody else stays, whatever we write.
  static @Nullable ModelConfigStatus ours(@Nullable ModelConfigStatus seen) {
    if (seen != null && seen.getConditions() != null) {
      seen.setConditions(seen.getConditions().stream().filter(KeyStatus::isOurs).toList());
    }
    return seen;
  }

  private static ModelConfigStatus kept(@Nullable ModelConfigStatus before) {
    var status = new ModelConfigStatus();
    if (before != null) {
      status.setRevision(before.getRevision());
      status.setApplied(before.getApplied());
      status.setFailedRevision(before.getFailedRevision());
      status.setPlanned(before.getPlanned());
      status.setWorkloads(before.getWorkloads());
      status.setAgents(before.getAgents());
      status.setBehind(before.getBehind());
    }
    return status;
  }

  private static Optional<String> retry(@Nullable ModelConfigStatus before) {
    return Optional.ofNullable(before)
        .flatMap(status -> Optional.ofNullable(status.getHandled()))
        .flatMap(handled -> Optional.ofNullable(handled.getRetry()));
  }

  private static @Nullable HandledModelRequests handled(
      Optional<String> verify, Optional<String> retry) {
    if (verify.isEmpty() && retry.isEmpty()) {
      return null;
    }
    var handled = new HandledModelRequests();
    verify.ifPresent(handled::setVerify);
    retry.ifPresent(handled::setRetry);
    return handled;
  }

  private static ResolvedModel resolved(ModelReport.Resolved resolved) {
    var bean = new ResolvedModel();
    bean.setProvider(resolved.provider());
    bean.setModel(resolved.model());
    resolved.contextTokens().map(ModelStatus::bounded).ifPresent(bean::setContextTokens);
    resolved.maxOutputTokens().map(ModelStatus::bounded).ifPresent(bean::setMaxOutputTokens);
    resolved.retiresOn().map(LocalDate::toString).ifPresent(bean::setRetiresOn);
    bean.setCatalogue(resolved.catalogue());
    if (!resolved.parameters().isEmpty()) {
      bean.setParameters(resolved.parameters().stream().map(ModelStatus::parameter).toList());
    }
    return bean;
  }

  /// A list can claim anything.
  private static int bounded(long tokens) {
    return Math.clamp(tokens, 0, Integer.MAX_VALUE);
  }

  private static ResolvedParameter parameter(ParameterOutcome outcome) {
    var bean = new ResolvedParameter();
    bean.setName(outcome.name().field());
    bean.setAsked(outcome.asked().json());
    if (outcome instanceof ParameterOutcome.Changed changed) {
      bean.setEffective(changed.effective().json());
    }
    bean.setWhy(outcome.why().name());
    bean.setSource(outcome.source());
    return bean;
  }

  private static List<Condition> conditions(
      List<ConditionReport> reports,
      long generation,
      @Nullable ModelConfigStatus before,
      Instant now) {
    var old =
        before == null
            ? List.<Condition>of()
            : Objects.requireNonNullElse(before.getConditions(), List.<Condition>of());
    return reports.stream().map(one -> KeyStatus.condition(one, generation, old, now)).toList();
  }
}
