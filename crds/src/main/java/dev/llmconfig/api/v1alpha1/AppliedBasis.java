package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.TokenField;
import org.jspecify.annotations.Nullable;

/// On what the parameters were decided.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class AppliedBasis {

  @JsonPropertyDescription(
      "Name for all that was declared about model and parameters. While it stays the same, "
          + "a newer catalogue changes nothing.")
  private @Nullable String declared;

  @JsonPropertyDescription("Field of a request that limits the answer.")
  private @Nullable TokenField tokenField;

  @JsonPropertyDescription("Whether the model refuses any temperature but 1.")
  private @Nullable Boolean onlyTemperatureOne;

  @JsonPropertyDescription("Whether the model refuses topP.")
  private @Nullable Boolean refusesTopP;

  @JsonPropertyDescription("Whether the model thinks before it answers.")
  private @Nullable Boolean reasons;

  @JsonPropertyDescription("Size of its context window in tokens.")
  private @Nullable Long contextTokens;

  public @Nullable String getDeclared() {
    return declared;
  }

  public void setDeclared(@Nullable String declared) {
    this.declared = declared;
  }

  public @Nullable TokenField getTokenField() {
    return tokenField;
  }

  public void setTokenField(@Nullable TokenField tokenField) {
    this.tokenField = tokenField;
  }

  public @Nullable Boolean getOnlyTemperatureOne() {
    return onlyTemperatureOne;
  }

  public void setOnlyTemperatureOne(@Nullable Boolean onlyTemperatureOne) {
    this.onlyTemperatureOne = onlyTemperatureOne;
  }

  public @Nullable Boolean getRefusesTopP() {
    return refusesTopP;
  }

  public void setRefusesTopP(@Nullable Boolean refusesTopP) {
    this.refusesTopP = refusesTopP;
  }

  public @Nullable Boolean getReasons() {
    return reasons;
  }

  public void setReasons(@Nullable Boolean reasons) {
    this.reasons = reasons;
  }

  public @Nullable Long getContextTokens() {
    return contextTokens;
  }

  public void setContextTokens(@Nullable Long contextTokens) {
    this.contextTokens = contextTokens;
  }
}
