package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What only Azure OpenAI needs.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class AzureSettings {

  @JsonPropertyDescription(
      "Version of the dated API, such as 2024-10-21. Absent: the /openai/v1 paths, "
          + "which need none.")
  @Size(max = 32)
  @ValidationRule(
      value = "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?$')",
      message =
          "apiVersion is a date such as 2024-10-21 or 2025-04-01-preview: correct it, or "
              + "remove it to use the /openai/v1 paths")
  private @Nullable String apiVersion;

  public @Nullable String getApiVersion() {
    return apiVersion;
  }

  public void setApiVersion(@Nullable String apiVersion) {
    this.apiVersion = apiVersion;
  }
}
