package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator found. Written by the operator alone.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ApiKeyConfigStatus {

  @JsonPropertyDescription("Generation of the spec that this status describes.")
  private @Nullable Long observedGeneration;

  @JsonPropertyDescription("The key, masked.")
  private @Nullable String maskedKey;

  @JsonPropertyDescription("Keyed fingerprint of the key: a rotation shows, the key does not.")
  private @Nullable String fingerprint;

  @JsonPropertyDescription("Name of the managed Secret that holds the encrypted key.")
  private @Nullable String secretName;

  @JsonPropertyDescription("Endpoint at which the current key was accepted.")
  private @Nullable String endpoint;

  @JsonPropertyDescription("Revision of the current, verified key.")
  private @Nullable String revision;

  @JsonPropertyDescription(
      "Revision of a new key while it is being verified, or after it was refused.")
  private @Nullable String candidate;

  @JsonPropertyDescription("The key that was replaced, while it is still usable.")
  private @Nullable PreviousKey previous;

  @JsonPropertyDescription("How many models this key can use.")
  private @Nullable Integer modelCount;

  @JsonPropertyDescription("How many ModelConfigs name this key.")
  private @Nullable Integer usedBy;

  @JsonPropertyDescription(
      "When the provider last gave a definitive answer, or answered a requested test.")
  private @Nullable String lastVerifiedTime;

  @JsonPropertyDescription("The provider's id of that answer, for its support.")
  private @Nullable String requestId;

  @JsonPropertyDescription("Requests by annotation that were acted on.")
  private @Nullable HandledKeyRequests handled;

  @JsonPropertyDescription("Things worth knowing that do not change Ready, at most 10.")
  @Size(max = 10)
  private @Nullable List<Note> notes;

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

  public @Nullable String getMaskedKey() {
    return maskedKey;
  }

  public void setMaskedKey(@Nullable String maskedKey) {
    this.maskedKey = maskedKey;
  }

  public @Nullable String getFingerprint() {
    return fingerprint;
  }

  public void setFingerprint(@Nullable String fingerprint) {
    this.fingerprint = fingerprint;
  }

  public @Nullable String getSecretName() {
    return secretName;
  }

  public void setSecretName(@Nullable String secretName) {
    this.secretName = secretName;
  }

  public @Nullable String getEndpoint() {
    return endpoint;
  }

  public void setEndpoint(@Nullable String endpoint) {
    this.endpoint = endpoint;
  }

  public @Nullable String getRevision() {
    return revision;
  }

  public void setRevision(@Nullable String revision) {
    this.revision = revision;
  }

  public @Nullable String getCandidate() {
    return candidate;
  }

  public void setCandidate(@Nullable String candidate) {
    this.candidate = candidate;
  }

  public @Nullable PreviousKey getPrevious() {
    return previous;
  }

  public void setPrevious(@Nullable PreviousKey previous) {
    this.previous = previous;
  }

  public @Nullable Integer getModelCount() {
    return modelCount;
  }

  public void setModelCount(@Nullable Integer modelCount) {
    this.modelCount = modelCount;
  }

  public @Nullable Integer getUsedBy() {
    return usedBy;
  }

  public void setUsedBy(@Nullable Integer usedBy) {
    this.usedBy = usedBy;
  }

  public @Nullable String getLastVerifiedTime() {
    return lastVerifiedTime;
  }

  public void setLastVerifiedTime(@Nullable String lastVerifiedTime) {
    this.lastVerifiedTime = lastVerifiedTime;
  }

  public @Nullable String getRequestId() {
    return requestId;
  }

  public void setRequestId(@Nullable String requestId) {
    this.requestId = requestId;
  }

  public @Nullable HandledKeyRequests getHandled() {
    return handled;
  }

  public void setHandled(@Nullable HandledKeyRequests handled) {
    this.handled = handled;
  }

  public @Nullable List<Note> getNotes() {
    return notes;
  }

  public void setNotes(@Nullable List<Note> notes) {
    this.notes = notes;
  }

  public @Nullable List<Condition> getConditions() {
    return conditions;
  }

  public void setConditions(@Nullable List<Condition> conditions) {
    this.conditions = conditions;
  }
}
