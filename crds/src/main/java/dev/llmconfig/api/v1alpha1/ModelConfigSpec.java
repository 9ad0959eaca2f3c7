package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.UnsupportedParameters;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user wants of a model.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ModelConfigSpec extends SpecPart {

  @JsonPropertyDescription("The ApiKeyConfig whose key is used.")
  @Required
  private @Nullable NameRef apiKeyRef;

  @JsonPropertyDescription(
      "Id of the model as the provider knows it; for Azure the name of the deployment.")
  @Required
  @SelectableField
  @Size(min = 1, max = 256)
  @ValidationRule(value = Cel.MODEL_ID, message = Cel.MODEL_ID_MESSAGE)
  private @Nullable String model;

  @JsonPropertyDescription("Name for people, shown instead of the object's name.")
  @Size(max = 256)
  @ValidationRule(value = Cel.ONE_LINE, message = Cel.ONE_LINE_MESSAGE)
  private @Nullable String displayName;

  @JsonPropertyDescription(
      "Whether this is the model for agents that follow the default of their namespace."
          + " Default: false.")
  private @Nullable Boolean isDefault;

  @JsonPropertyDescription(
      "Parameters of every request. Everything is optional; what is unset is not sent.")
  private @Nullable Parameters parameters;

  @JsonPropertyDescription(
      "Drop: a parameter that the model does not take is not sent, and the status says "
          + "so. Reject: the ModelConfig is not accepted. Default: Drop.")
  private @Nullable UnsupportedParameters unsupportedParameters;

  @JsonPropertyDescription(
      "ModelConfigs that the gateway tries in this order when this one fails, at most 8.")
  @Size(max = 8)
  @ValidationRule(
      value = "self.all(f, self.exists_one(o, o.name == f.name))",
      message = "fallbackRefs has the same ModelConfig twice: keep one of them")
  private @Nullable List<NameRef> fallbackRefs;

  @JsonPropertyDescription("How the settings reach the agents.")
  private @Nullable Delivery delivery;

  @JsonPropertyDescription(
      "Freezes this ModelConfig: nothing is verified, written or taken away. Default: " + "false.")
  private @Nullable Boolean suspend;

  public @Nullable NameRef getApiKeyRef() {
    return apiKeyRef;
  }

  public void setApiKeyRef(@Nullable NameRef apiKeyRef) {
    this.apiKeyRef = apiKeyRef;
  }

  public @Nullable String getModel() {
    return model;
  }

  public void setModel(@Nullable String model) {
    this.model = model;
  }

  public @Nullable String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(@Nullable String displayName) {
    this.displayName = displayName;
  }

  public @Nullable Boolean getIsDefault() {
    return isDefault;
  }

  public void setIsDefault(@Nullable Boolean isDefault) {
    this.isDefault = isDefault;
  }

  public @Nullable Parameters getParameters() {
    return parameters;
  }

  public void setParameters(@Nullable Parameters parameters) {
    this.parameters = parameters;
  }

  public @Nullable UnsupportedParameters getUnsupportedParameters() {
    return unsupportedParameters;
  }

  public void setUnsupportedParameters(@Nullable UnsupportedParameters unsupportedParameters) {
    this.unsupportedParameters = unsupportedParameters;
  }

  public @Nullable List<NameRef> getFallbackRefs() {
    return fallbackRefs;
  }

  public void setFallbackRefs(@Nullable List<NameRef> fallbackRefs) {
    this.fallbackRefs = fallbackRefs;
  }

  public @Nullable Delivery getDelivery() {
    return delivery;
  }

  public void setDelivery(@Nullable Delivery delivery) {
    this.delivery = delivery;
  }

  public @Nullable Boolean getSuspend() {
    return suspend;
  }

  public void setSuspend(@Nullable Boolean suspend) {
    this.suspend = suspend;
  }
}
