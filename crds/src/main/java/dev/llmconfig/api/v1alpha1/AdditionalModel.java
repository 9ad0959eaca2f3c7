package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A model, or a deployment of one, that the provider does not list.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class AdditionalModel {

  @JsonPropertyDescription(
      "Id of the model as the provider wants it in a request; for Azure the name of the"
          + " deployment.")
  @Required
  @Size(min = 1, max = 256)
  @ValidationRule(value = Cel.MODEL_ID, message = Cel.MODEL_ID_MESSAGE)
  private @Nullable String id;

  @JsonPropertyDescription(
      "Id of the public model behind it, from which limits, parameters and prices are " + "taken.")
  @Size(min = 1, max = 256)
  @ValidationRule(value = Cel.MODEL_ID, message = Cel.MODEL_ID_MESSAGE)
  private @Nullable String baseModel;

  @JsonPropertyDescription(
      "Size of the context window in tokens, where the catalogue does not know it or is"
          + " wrong.")
  @Min(1)
  private @Nullable Integer contextTokens;

  @JsonPropertyDescription(
      "The most tokens it can answer with, where the catalogue does not know it or is " + "wrong.")
  @Min(1)
  private @Nullable Integer maxOutputTokens;

  public @Nullable String getId() {
    return id;
  }

  public void setId(@Nullable String id) {
    this.id = id;
  }

  public @Nullable String getBaseModel() {
    return baseModel;
  }

  public void setBaseModel(@Nullable String baseModel) {
    this.baseModel = baseModel;
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
}
