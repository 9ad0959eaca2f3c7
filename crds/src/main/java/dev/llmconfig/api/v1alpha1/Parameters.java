package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ReasoningEffort;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parameters of a request. What is unset is not sent. What `extra` may not hold is added from
/// [dev.llmconfig.api.ReservedParameter] when the CRD is generated.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Parameters extends SpecPart {

  @JsonPropertyDescription("Randomness of the answer, 0 to 2.")
  @Min(0)
  @Max(2)
  private @Nullable Double temperature;

  @JsonPropertyDescription("Share of probability that is sampled from, 0 to 1.")
  @Min(0)
  @Max(1)
  private @Nullable Double topP;

  @JsonPropertyDescription(
      "The most tokens of an answer; for reasoning models the thinking counts, too.")
  @Min(1)
  private @Nullable Integer maxOutputTokens;

  @JsonPropertyDescription("Texts that end an answer, at most 8.")
  @Size(max = 8)
  private @Nullable List<@Size(min = 1, max = 256) String> stopSequences;

  @JsonPropertyDescription(
      "How much a reasoning model may think before it answers: None, Minimal, Low, "
          + "Medium, High, XHigh or Max.")
  private @Nullable ReasoningEffort reasoningEffort;

  @JsonPropertyDescription("How long an agent waits for an answer, 1 to 3600 seconds.")
  @Min(1)
  @Max(3600)
  private @Nullable Integer timeoutSeconds;

  @JsonPropertyDescription(
      "Further parameters of the provider, passed through as they are. Names that have "
          + "a field of their own here are refused. At most 64 names and 16 KiB.")
  private @Nullable ObjectNode extra;

  public @Nullable Double getTemperature() {
    return temperature;
  }

  public void setTemperature(@Nullable Double temperature) {
    this.temperature = temperature;
  }

  public @Nullable Double getTopP() {
    return topP;
  }

  public void setTopP(@Nullable Double topP) {
    this.topP = topP;
  }

  public @Nullable Integer getMaxOutputTokens() {
    return maxOutputTokens;
  }

  public void setMaxOutputTokens(@Nullable Integer maxOutputTokens) {
    this.maxOutputTokens = maxOutputTokens;
  }

  public @Nullable List<String> getStopSequences() {
    return stopSequences;
  }

  public void setStopSequences(@Nullable List<String> stopSequences) {
    this.stopSequences = stopSequences;
  }

  public @Nullable ReasoningEffort getReasoningEffort() {
    return reasoningEffort;
  }

  public void setReasoningEffort(@Nullable ReasoningEffort reasoningEffort) {
    this.reasoningEffort = reasoningEffort;
  }

  public @Nullable Integer getTimeoutSeconds() {
    return timeoutSeconds;
  }

  public void setTimeoutSeconds(@Nullable Integer timeoutSeconds) {
    this.timeoutSeconds = timeoutSeconds;
  }

  public @Nullable ObjectNode getExtra() {
    return extra;
  }

  public void setExtra(@Nullable ObjectNode extra) {
    this.extra = extra;
  }
}
