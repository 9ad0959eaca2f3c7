package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would happen without the annotation llmconfig.dev/dry-run.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class PlannedChanges {

  @JsonPropertyDescription("How many workloads would restart.")
  private @Nullable Integer restarts;

  @JsonPropertyDescription("The workloads, at most 10.")
  @Size(max = 10)
  private @Nullable List<PlannedWorkload> workloads;

  public @Nullable Integer getRestarts() {
    return restarts;
  }

  public void setRestarts(@Nullable Integer restarts) {
    this.restarts = restarts;
  }

  public @Nullable List<PlannedWorkload> getWorkloads() {
    return workloads;
  }

  public void setWorkloads(@Nullable List<PlannedWorkload> workloads) {
    this.workloads = workloads;
  }
}
