package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.RolloutPolicy;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// How running agents get new settings.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class RolloutSettings extends SpecPart {

  @JsonPropertyDescription(
      "Automatic: as soon as the settings are verified. OnRestart: with the next "
          + "restart by anyone, only with mode EnvFrom. Manual: after approval by annotation."
          + " Default: Automatic.")
  private @Nullable RolloutPolicy policy;

  @JsonPropertyDescription("How many workloads may roll at the same time, 1 to 100. Default: 5.")
  @Min(1)
  @Max(100)
  private @Nullable Integer maxParallel;

  @JsonPropertyDescription("Least time between the starts of two rollouts. Default: 0.")
  @Min(0)
  private @Nullable Integer minIntervalSeconds;

  public @Nullable RolloutPolicy getPolicy() {
    return policy;
  }

  public void setPolicy(@Nullable RolloutPolicy policy) {
    this.policy = policy;
  }

  public @Nullable Integer getMaxParallel() {
    return maxParallel;
  }

  public void setMaxParallel(@Nullable Integer maxParallel) {
    this.maxParallel = maxParallel;
  }

  public @Nullable Integer getMinIntervalSeconds() {
    return minIntervalSeconds;
  }

  public void setMinIntervalSeconds(@Nullable Integer minIntervalSeconds) {
    this.minIntervalSeconds = minIntervalSeconds;
  }
}
