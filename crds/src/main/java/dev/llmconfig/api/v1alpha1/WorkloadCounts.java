package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// How far the delivery is.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class WorkloadCounts {

  @JsonPropertyDescription("Workloads that get these settings.")
  private @Nullable Integer matched;

  @JsonPropertyDescription("Those that have the current ones.")
  private @Nullable Integer upToDate;

  @JsonPropertyDescription("Those that roll right now.")
  private @Nullable Integer rolling;

  @JsonPropertyDescription("Those that did not become ready on them.")
  private @Nullable Integer failed;

  public @Nullable Integer getMatched() {
    return matched;
  }

  public void setMatched(@Nullable Integer matched) {
    this.matched = matched;
  }

  public @Nullable Integer getUpToDate() {
    return upToDate;
  }

  public void setUpToDate(@Nullable Integer upToDate) {
    this.upToDate = upToDate;
  }

  public @Nullable Integer getRolling() {
    return rolling;
  }

  public void setRolling(@Nullable Integer rolling) {
    this.rolling = rolling;
  }

  public @Nullable Integer getFailed() {
    return failed;
  }

  public void setFailed(@Nullable Integer failed) {
    this.failed = failed;
  }
}
