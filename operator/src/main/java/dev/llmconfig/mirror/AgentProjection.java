package dev.llmconfig.mirror;

import static dev.llmconfig.mirror.Projection.text;
import static java.util.Objects.requireNonNullElseGet;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.AppliedSettings;
import dev.llmconfig.api.v1alpha1.Delivery;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.api.v1alpha1.WorkloadBehind;
import dev.llmconfig.domain.AgentState;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.mirror.AgentRow.Settings;
import dev.llmconfig.mirror.AgentRow.Standing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A workload as a row, beside what the status of its ModelConfig says of it.
///
/// @param asksFor name of the ModelConfig that it asks for; empty for none
/// @param config that one, where it is there
/// @param giver the one whose settings it carries, where that is there
record AgentProjection(
    HasMetadata workload,
    String asksFor,
    Optional<ModelConfig> config,
    Optional<ModelConfig> giver) {

  /// In a status; the others are counted only.
  private static final int MOST_NAMED = 10;

  static Ref ref(HasMetadata workload) {
    var meta = workload.getMetadata();
    return AgentRow.ref(text(meta.getNamespace()), workload.getKind(), text(meta.getName()));
  }

  static Map<String, String> labels(HasMetadata workload) {
    return requireNonNullElseGet(workload.getMetadata().getLabels(), Map::of);
  }

  /// Who holds it now or held it last, by its labels.
  static List<String> names(HasMetadata workload) {
    var labels = labels(workload);
    return Stream.of(Labels.MODEL_CONFIG, Labels.DELIVERED_BY)
        .flatMap(label -> Optional.ofNullable(labels.get(label)).stream())
        .distinct()
        .toList();
  }

  AgentRow row() {
    var delivery = spec(config).map(ModelConfigSpec::getDelivery);
    var standing = standing();
    var version = Projection.version(workload);
    return new AgentRow(
        ref(workload),
        new ObjectVersion(
            version.uid(),
            version.generation(),
            "",
            version.createdAt(),
            version.deleting(),
            version.specManager(),
            version.lastManager(),
            version.marks()),
        asksFor,
        config.isEmpty()
            ? ""
            : delivery.map(Delivery::getMode).orElse(ModelDelivery.USUAL_MODE).name(),
        profile(delivery),
        standing,
        requested(),
        running(standing.state()),
        AgentDetail.of(workload));
  }

  private String profile(Optional<Delivery> delivery) {
    var own = Projection.annotation(workload, Annotations.PROFILE).strip();
    return !own.isEmpty() || config.isEmpty()
        ? own
        : delivery.map(Delivery::getProfile).orElse(ModelDelivery.USUAL_PROFILE);
  }

  private Settings requested() {
    return config.isEmpty()
        ? Settings.NONE
        : new Settings(
            status(config)
                .flatMap(said ->
                    Optional.ofNullable(said.getCandidate())
                        .or(() -> Optional.ofNullable(said.getRevision())))
                .orElse(""),
            text(spec(config).map(ModelConfigSpec::getModel).orElse(null)));
  }

  /// What a template carries is known by the name of its revision, and by being up to date:
  /// settings that pods do not see are not written again.
  private Settings running(AgentState state) {
    var carried = carried();
    if (carried.isEmpty()) {
      return Settings.NONE;
    }
    var status = status(giver);
    var applied =
        status
            .flatMap(said -> Optional.ofNullable(said.getApplied()))
            .map(AppliedSettings::getModel);
    if (carried.equals(status.map(ModelConfigStatus::getRevision))) {
      return new Settings(carried.get(), text(applied.orElse(null)));
    }
    if (carried.equals(status.map(ModelConfigStatus::getCandidate))) {
      return new Settings(
          carried.get(), text(spec(giver).map(ModelConfigSpec::getModel).orElse(null)));
    }
    return new Settings(
        carried.get(),
        state == AgentState.UpToDate && giver.equals(config) ? text(applied.orElse(null)) : "");
  }

  private Standing standing() {
    var since = written();
    if (config.isEmpty()) {
      return new Standing(
          AgentState.Behind,
          "",
          asksFor.isEmpty()
              ? "It asks for no ModelConfig that is there; what it has stays for now."
              : "There is no ModelConfig %s in this namespace.".formatted(asksFor),
          since);
    }
    var status = status(config).orElseGet(ModelConfigStatus::new);
    var named = AgentCounts.named(status);
    var own =
        named.stream()
            .filter(one ->
                workload.getKind().equals(one.getKind())
                    && workload.getMetadata().getName().equals(one.getName()))
            .findFirst()
            .map(WorkloadBehind::getReason);
    return own.map(reason ->
            new Standing(
                AgentState.behind(reason),
                reason,
                delivered(status)
                    .about(reason, workload.getKind() + " " + workload.getMetadata().getName()),
                since))
        .orElseGet(() -> new Standing(unnamed(status, named.size()), "", "", since));
  }

  /// Ten are named; of the others the revision tells as much as can be told.
  private AgentState unnamed(ModelConfigStatus status, int named) {
    var carried = carried();
    if (carried.isEmpty()) {
      return named < MOST_NAMED ? AgentState.Waiting : AgentCounts.others(status);
    }
    if (named >= MOST_NAMED) {
      if (carried.equals(Optional.ofNullable(status.getCandidate()))) {
        return AgentState.Rolling;
      }
      if (status.getCandidate() != null) {
        return AgentCounts.others(status);
      }
    }
    return AgentPods.startedLater(workload) ? AgentState.OnNextRestart : AgentState.UpToDate;
  }

  private Optional<String> carried() {
    return Workload.of(workload).templateAnnotation(Annotations.REVISION);
  }

  private Optional<String> written() {
    return Objects.requireNonNullElse(
            workload.getMetadata().getManagedFields(), List.<ManagedFieldsEntry>of())
        .stream()
        .filter(entry -> FieldManagers.OPERATOR.equals(entry.getManager()))
        .flatMap(entry -> Optional.ofNullable(entry.getTime()).stream())
        .max(Comparator.naturalOrder());
  }

  private static DeliveredMessage delivered(ModelConfigStatus status) {
    return new DeliveredMessage(
        Projection.condition(status.getConditions(), "Delivered").message());
  }

  private static Optional<ModelConfigSpec> spec(Optional<ModelConfig> config) {
    return config.flatMap(one -> Optional.ofNullable(one.getSpec()));
  }

  private static Optional<ModelConfigStatus> status(Optional<ModelConfig> config) {
    return config.flatMap(one -> Optional.ofNullable(one.getStatus()));
  }
}
