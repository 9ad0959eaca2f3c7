package dev.llmconfig.mirror;

import static dev.llmconfig.mirror.Projection.number;
import static dev.llmconfig.mirror.Projection.text;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.domain.ModelPhase;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A ModelConfig as a row.
final class ModelConfigProjection {

  private ModelConfigProjection() {}

  static ModelConfigRow row(ModelConfig config) {
    var spec = Objects.requireNonNullElseGet(config.getSpec(), ModelConfigSpec::new);
    var status = Objects.requireNonNullElseGet(config.getStatus(), ModelConfigStatus::new);
    return new ModelConfigRow(
        Projection.ref(config),
        Projection.version(config),
        spec.getApiKeyRef() == null ? "" : text(spec.getApiKeyRef().getName()),
        text(spec.getModel()),
        text(spec.getDisplayName()),
        Projection.yes(spec.getIsDefault()),
        Projection.yes(spec.getSuspend()),
        Json.text(spec.getParameters()),
        resolved(status),
        new ModelConfigRow.Revisions(
            text(status.getRevision()),
            text(status.getCandidate()),
            text(status.getFailedRevision())),
        delivered(spec, status),
        phase(config, status),
        Projection.readiness(status.getConditions()),
        status.getObservedGeneration() == null ? 0 : status.getObservedGeneration(),
        status.getApplied() == null ? "" : Json.text(status.getApplied()),
        Json.text(spec),
        Json.text(status));
  }

  private static ModelPhase phase(ModelConfig config, ModelConfigStatus status) {
    var ready = Projection.readiness(status.getConditions());
    return ModelPhase.of(
        new ModelPhase.Signs(
            config.getMetadata().getDeletionTimestamp() != null,
            Objects.equals(status.getObservedGeneration(), config.getMetadata().getGeneration()),
            ready.status(),
            ready.reason()));
  }

  private static Optional<ModelConfigRow.Resolved> resolved(ModelConfigStatus status) {
    return Optional.ofNullable(status.getResolved())
        .map(resolved ->
            new ModelConfigRow.Resolved(
                text(resolved.getProvider()),
                number(resolved.getContextTokens()),
                number(resolved.getMaxOutputTokens()),
                Optional.ofNullable(resolved.getRetiresOn())));
  }

  private static ModelConfigRow.Delivered delivered(
      ModelConfigSpec spec, ModelConfigStatus status) {
    var delivery = spec.getDelivery();
    var counts = status.getWorkloads();
    return new ModelConfigRow.Delivered(
        delivery == null ? "" : text(delivery.getMode()),
        delivery == null ? "" : text(delivery.getProfile()),
        counts == null ? 0 : count(counts.getMatched()),
        counts == null ? 0 : count(counts.getUpToDate()),
        counts == null ? 0 : count(counts.getRolling()),
        counts == null ? 0 : count(counts.getFailed()));
  }

  private static int count(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
