package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings that the agents have: what to go back to. At most 16 KiB.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class AppliedSettings {

  @JsonPropertyDescription("Id of the model.")
  private @Nullable String model;

  @JsonPropertyDescription("Name of the ApiKeyConfig.")
  private @Nullable String apiKey;

  @JsonPropertyDescription("Provider of the key.")
  private @Nullable Provider provider;

  @JsonPropertyDescription("Revision of the key.")
  private @Nullable String apiKeyRevision;

  @JsonPropertyDescription("Endpoint of the key.")
  private @Nullable String endpoint;

  @JsonPropertyDescription("API version of the key's endpoint, where its paths carry one.")
  private @Nullable String apiVersion;

  @JsonPropertyDescription("HTTP headers for every request to the provider.")
  @Size(max = 16)
  private @Nullable List<Header> headers;

  @JsonPropertyDescription("Parameters as they are sent, by their names in the spec.")
  private @Nullable ObjectNode parameters;

  @JsonPropertyDescription("On what they were decided.")
  private @Nullable AppliedBasis basis;

  @JsonPropertyDescription("Profile and its version, such as openai@1.")
  private @Nullable String profile;

  @JsonPropertyDescription(
      "The profile as it was, where it came from a ConfigMap, which can change or go.")
  @Size(max = 8192)
  private @Nullable String profileFile;

  @JsonPropertyDescription("How they were delivered.")
  private @Nullable DeliveryMode mode;

  @JsonPropertyDescription("Containers that were named.")
  private @Nullable List<String> containers;

  @JsonPropertyDescription("Directory of the files.")
  private @Nullable String fileMountPath;

  public @Nullable String getModel() {
    return model;
  }

  public void setModel(@Nullable String model) {
    this.model = model;
  }

  public @Nullable String getApiKey() {
    return apiKey;
  }

  public void setApiKey(@Nullable String apiKey) {
    this.apiKey = apiKey;
  }

  public @Nullable Provider getProvider() {
    return provider;
  }

  public void setProvider(@Nullable Provider provider) {
    this.provider = provider;
  }

  public @Nullable String getApiKeyRevision() {
    return apiKeyRevision;
  }

  public void setApiKeyRevision(@Nullable String apiKeyRevision) {
    this.apiKeyRevision = apiKeyRevision;
  }

  public @Nullable String getEndpoint() {
    return endpoint;
  }

  public void setEndpoint(@Nullable String endpoint) {
    this.endpoint = endpoint;
  }

  public @Nullable String getApiVersion() {
    return apiVersion;
  }

  public void setApiVersion(@Nullable String apiVersion) {
    this.apiVersion = apiVersion;
  }

  public @Nullable List<Header> getHeaders() {
    return headers;
  }

  public void setHeaders(@Nullable List<Header> headers) {
    this.headers = headers;
  }

  public @Nullable ObjectNode getParameters() {
    return parameters;
  }

  public void setParameters(@Nullable ObjectNode parameters) {
    this.parameters = parameters;
  }

  public @Nullable AppliedBasis getBasis() {
    return basis;
  }

  public void setBasis(@Nullable AppliedBasis basis) {
    this.basis = basis;
  }

  public @Nullable String getProfile() {
    return profile;
  }

  public void setProfile(@Nullable String profile) {
    this.profile = profile;
  }

  public @Nullable String getProfileFile() {
    return profileFile;
  }

  public void setProfileFile(@Nullable String profileFile) {
    this.profileFile = profileFile;
  }

  public @Nullable DeliveryMode getMode() {
    return mode;
  }

  public void setMode(@Nullable DeliveryMode mode) {
    this.mode = mode;
  }

  public @Nullable List<String> getContainers() {
    return containers;
  }

  public void setContainers(@Nullable List<String> containers) {
    this.containers = containers;
  }

  public @Nullable String getFileMountPath() {
    return fileMountPath;
  }

  public void setFileMountPath(@Nullable String fileMountPath) {
    this.fileMountPath = fileMountPath;
  }
}
