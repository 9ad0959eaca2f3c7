package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.SealingScope;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A key that was sealed for the sealed-secrets controller.
@ValidationRule(
    value = "self.encryptedData.matches('^[A-Za-z0-9+/]+={0,2}$')",
    fieldPath = ".encryptedData",
    message =
        "encryptedData is not base64: paste what `kubeseal --raw` prints, on one line and"
            + " without quotes, spaces or line breaks")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class SealedKey {

  @JsonPropertyDescription(
      "What `kubeseal --raw` or `llmconfig seal` prints, sealed for the Secret name "
          + "`<this name>-sealed`.")
  @Required
  @Size(max = 16384)
  private @Nullable String encryptedData;

  @JsonPropertyDescription(
      "The scope it was sealed in. Strict: this name and namespace. NamespaceWide: any "
          + "name in this namespace. ClusterWide: anywhere. Default: Strict.")
  private @Nullable SealingScope scope;

  public @Nullable String getEncryptedData() {
    return encryptedData;
  }

  public void setEncryptedData(@Nullable String encryptedData) {
    this.encryptedData = encryptedData;
  }

  public @Nullable SealingScope getScope() {
    return scope;
  }

  public void setScope(@Nullable SealingScope scope) {
    this.scope = scope;
  }
}
