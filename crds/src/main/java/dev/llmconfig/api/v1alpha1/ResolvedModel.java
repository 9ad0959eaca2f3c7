package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known about the model that the spec names.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ResolvedModel {

  @JsonPropertyDescription("Provider of the key.")
  private @Nullable Provider provider;

  @JsonPropertyDescription("Id of the model.")
  private @Nullable String model;

  @JsonPropertyDescription("Size of its context window in tokens.")
  private @Nullable Integer contextTokens;

  @JsonPropertyDescription("The most tokens it can answer with.")
  private @Nullable Integer maxOutputTokens;

  @JsonPropertyDescription("Day on which the provider retires it.")
  private @Nullable String retiresOn;

  @JsonPropertyDescription("Edition of the catalogue that says so.")
  private @Nullable String catalogue;

  @JsonPropertyDescription("Parameters that are not sent as they were asked for.")
  private @Nullable List<ResolvedParameter> parameters;

  public @Nullable Provider getProvider() {
    return provider;
  }

  public void setProvider(@Nullable Provider provider) {
    this.provider = provider;
  }

  public @Nullable String getModel() {
    return model;
  }

  public void setModel(@Nullable String model) {
    this.model = model;
  }

  public @Nullable Integer getContextTokens() {
    return contextTokens;
  }

  public void setContextTokens(@Nullable Integer contextTokens) {
    this.contextTokens = contextTokens;
  }

  public @Nullable Integer getMaxOutputTokens() {
    return maxOutputTokens;
  }

  public void setMaxOutputTokens(@Nullable Integer maxOutputTokens) {
    this.maxOutputTokens = maxOutputTokens;
  }

  public @Nullable String getRetiresOn() {
    return retiresOn;
  }

  public void setRetiresOn(@Nullable String retiresOn) {
    this.retiresOn = retiresOn;
  }

  public @Nullable String getCatalogue() {
    return catalogue;
  }

  public void setCatalogue(@Nullable String catalogue) {
    this.catalogue = catalogue;
  }

  public @Nullable List<ResolvedParameter> getParameters() {
    return parameters;
  }

  public void setParameters(@Nullable List<ResolvedParameter> parameters) {
    this.parameters = parameters;
  }
}
