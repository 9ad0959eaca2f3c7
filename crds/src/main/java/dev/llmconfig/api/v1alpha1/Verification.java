package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerificationMode;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// How and when key and endpoint are checked.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Verification {

  @JsonPropertyDescription(
      "OnChange: checked when key, endpoint or model change. OnChangeAndPeriodic: again"
          + " and again, too. Disabled: never, everything counts as good. Default: "
          + "OnChangeAndPeriodic.")
  private @Nullable VerificationMode mode;

  @JsonPropertyDescription(
      "ListModels: a free request. Completion: in addition one minimal request to a "
          + "model, which costs a few tokens. Default: ListModels.")
  private @Nullable Probe probe;

  @JsonPropertyDescription(
      "Seconds between two periodic checks, 300 and up; some jitter is added. Default: "
          + "21600 (6 hours).")
  @Min(300)
  private @Nullable Integer intervalSeconds;

  public @Nullable VerificationMode getMode() {
    return mode;
  }

  public void setMode(@Nullable VerificationMode mode) {
    this.mode = mode;
  }

  public @Nullable Probe getProbe() {
    return probe;
  }

  public void setProbe(@Nullable Probe probe) {
    this.probe = probe;
  }

  public @Nullable Integer getIntervalSeconds() {
    return intervalSeconds;
  }

  public void setIntervalSeconds(@Nullable Integer intervalSeconds) {
    this.intervalSeconds = intervalSeconds;
  }
}
