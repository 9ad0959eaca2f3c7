package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator found and did. Written by the operator alone.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ModelConfigStatus {

  @JsonPropertyDescription("Generation of the spec that this status describes.")
  private @Nullable Long observedGeneration;

  @JsonPropertyDescription("What is known about the model that the spec names.")
  private @Nullable ResolvedModel resolved;

  @JsonPropertyDescription("Revision of the settings that were applied last and are good.")
  private @Nullable String revision;

  @JsonPropertyDescription("Those settings: what to go back to.")
  private @Nullable AppliedSettings applied;

  @JsonPropertyDescription(
      "Revision of new settings while they are verified, approved or rolled, or after "
          + "they were refused.")
  private @Nullable String candidate;

  @JsonPropertyDescription(
      "Revision that failed. It is not tried again until it changes or a retry is asked" + " for.")
  private @Nullable String failedRevision;

  @JsonPropertyDescription("Requests by annotation that were acted on.")
  private @Nullable HandledModelRequests handled;

  @JsonPropertyDescription("What would happen, with the annotation llmconfig.dev/dry-run.")
  private @Nullable PlannedChanges planned;

  @JsonPropertyDescription("Things worth knowing that do not change Ready, at most 10.")
  @Size(max = 10)
  private @Nullable List<Note> notes;

  @JsonPropertyDescription("How far the delivery is.")
  private @Nullable WorkloadCounts workloads;

  @JsonPropertyDescription("Up-to-date and all agents, such as 5/5.")
  private @Nullable String agents;

  @JsonPropertyDescription("Workloads that do not have the current settings, at most 10.")
  @Size(max = 10)
  private @Nullable List<WorkloadBehind> behind;

  @JsonPropertyDescription("The state in the usual form; Ready sums up.")
  private @Nullable List<Condition> conditions;

  public @Nullable Long getObservedGeneration() {
    return observedGeneration;
  }

  /// The schema's default says with -1 that nobody has looked yet, as absence does.
  public void setObservedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration =
        observedGeneration == null || observedGeneration < 0 ? null : observedGeneration;
  }

  public @Nullable ResolvedModel getResolved() {
    return resolved;
  }

  public void setResolved(@Nullable ResolvedModel resolved) {
    this.resolved = resolved;
  }

  public @Nullable String getRevision() {
    return revision;
  }

  public void setRevision(@Nullable String revision) {
    this.revision = revision;
  }

  public @Nullable AppliedSettings getApplied() {
    return applied;
  }

  public void setApplied(@Nullable AppliedSettings applied) {
    this.applied = applied;
  }

  public @Nullable String getCandidate() {
    return candidate;
  }

  public void setCandidate(@Nullable String candidate) {
    this.candidate = candidate;
  }

  public @Nullable String getFailedRevision() {
    return failedRevision;
  }

  public void setFailedRevision(@Nullable String failedRevision) {
    this.failedRevision = failedRevision;
  }

  public @Nullable HandledModelRequests getHandled() {
    return handled;
  }

  public void setHandled(@Nullable HandledModelRequests handled) {
    this.handled = handled;
  }

  public @Nullable PlannedChanges getPlanned() {
    return planned;
  }

  public void setPlanned(@Nullable PlannedChanges planned) {
    this.planned = planned;
  }

  public @Nullable List<Note> getNotes() {
    return notes;
  }

  public void setNotes(@Nullable List<Note> notes) {
    this.notes = notes;
  }

  public @Nullable WorkloadCounts getWorkloads() {
    return workloads;
  }

  public void setWorkloads(@Nullable WorkloadCounts workloads) {
    this.workloads = workloads;
  }

  public @Nullable String getAgents() {
    return agents;
  }

  public void setAgents(@Nullable String agents) {
    this.agents = agents;
  }

  public @Nullable List<WorkloadBehind> getBehind() {
    return behind;
  }

  public void setBehind(@Nullable List<WorkloadBehind> behind) {
    this.behind = behind;
  }

  public @Nullable List<Condition> getConditions() {
    return conditions;
  }

  public void setConditions(@Nullable List<Condition> conditions) {
    this.conditions = conditions;
  }
}
