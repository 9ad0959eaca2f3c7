package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What would happen to one workload.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class PlannedWorkload {

  @JsonPropertyDescription("Kind of the workload.")
  private @Nullable String kind;

  @JsonPropertyDescription("Name of the workload.")
  private @Nullable String name;

  @JsonPropertyDescription("What would happen to it.")
  private @Nullable String effect;

  public @Nullable String getKind() {
    return kind;
  }

  public void setKind(@Nullable String kind) {
    this.kind = kind;
  }

  public @Nullable String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name;
  }

  public @Nullable String getEffect() {
    return effect;
  }

  public void setEffect(@Nullable String effect) {
    this.effect = effect;
  }
}
