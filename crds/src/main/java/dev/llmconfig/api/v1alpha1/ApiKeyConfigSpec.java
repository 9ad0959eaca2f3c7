package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.Provider;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user wants of a key. Rules about the endpoint, and those that follow from the provider,
/// are added when the CRD is generated.
@ValidationRule(
    value =
        "[has(self.secretRef), has(self.encryptedKey), has(self.sealedKey)].filter(given,"
            + " given).size() <= 1",
    message =
        "a key has one source: keep one of secretRef, encryptedKey and sealedKey, and "
            + "remove the others")
@ValidationRule(
    value =
        "!has(self.encryptedKey) || "
            + "self.encryptedKey.matches('^gAAAAA[A-Za-z0-9_-]{92,}={0,2}$') && "
            + "self.encryptedKey.size() % 4 == 0",
    fieldPath = ".encryptedKey",
    message =
        "encryptedKey is not a Fernet token (it begins with gAAAAA): paste the whole "
            + "output of `llmconfig encrypt`, on one line and without quotes, and never the "
            + "plain key")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ApiKeyConfigSpec {

  @JsonPropertyDescription("The provider that the key is for. It cannot be changed later.")
  @Required
  @SelectableField
  @ValidationRule(
      value = "self == oldSelf",
      message =
          "provider cannot be changed: create another ApiKeyConfig for the other provider "
              + "and point the ModelConfigs to it")
  private @Nullable Provider provider;

  @JsonPropertyDescription("Name for people, shown instead of the object's name.")
  @Size(max = 256)
  @ValidationRule(value = Cel.ONE_LINE, message = Cel.ONE_LINE_MESSAGE)
  private @Nullable String displayName;

  @JsonPropertyDescription(
      "The key is in a Secret. Only one of secretRef, encryptedKey and sealedKey may be"
          + " set; providers that can do without a key need none.")
  private @Nullable SecretRef secretRef;

  @JsonPropertyDescription(
      "The key as a Fernet token, made by `llmconfig encrypt` for this object and "
          + "endpoint; safe in Git.")
  @Size(max = 8192)
  private @Nullable String encryptedKey;

  @JsonPropertyDescription(
      "The key as sealed data for the sealed-secrets controller; the operator creates "
          + "the SealedSecret `<this name>-sealed` from it.")
  private @Nullable SealedKey sealedKey;

  @JsonPropertyDescription(
      "Base URL of the provider's API, such as https://api.openai.com/v1. Default: that"
          + " of the provider, where it has one.")
  @Size(max = 2048)
  private @Nullable String endpoint;

  @JsonPropertyDescription(
      "Allows an endpoint with plain http, or with a private or loopback address. The "
          + "key then travels unprotected. Default: false.")
  private @Nullable Boolean allowInsecureEndpoint;

  @JsonPropertyDescription(
      "HTTP headers for every request to the provider, at most 16. They are not secret.")
  @Size(max = 16)
  @ValidationRule(
      value =
          "self.all(h, self.all(o, o.name == h.name || o.name.lowerAscii() != "
              + "h.name.lowerAscii()))",
      message =
          "headers has two names that differ only in upper and lower case, which are one "
              + "header: keep one of them")
  private @Nullable List<Header> headers;

  @JsonPropertyDescription(
      "PEM certificates to trust for the endpoint, besides those of the system.")
  private @Nullable CaRef caRef;

  @JsonPropertyDescription("Settings that only the provider AzureOpenAI has.")
  private @Nullable AzureSettings azure;

  @JsonPropertyDescription("Which models of the provider may be used.")
  private @Nullable ModelSelection models;

  @JsonPropertyDescription("How and when key and endpoint are checked.")
  private @Nullable Verification verification;

  @JsonPropertyDescription("What happens to the previous key after a rotation.")
  private @Nullable KeyRotation rotation;

  @JsonPropertyDescription(
      "When the key ends, as the provider says, in RFC 3339. The key is not used after "
          + "it, and events warn before.")
  @Size(max = 40)
  @ValidationRule(
      value = Cel.TIME,
      message =
          "expiresAt is not a point in time: write it like 2027-03-31T00:00:00Z, with seconds and"
              + " with Z or an offset such as +01:00")
  private @Nullable String expiresAt;

  @JsonPropertyDescription(
      "Stops using this key without deleting it. Agents that run keep what they have. "
          + "Default: false.")
  private @Nullable Boolean suspend;

  public @Nullable Provider getProvider() {
    return provider;
  }

  public void setProvider(@Nullable Provider provider) {
    this.provider = provider;
  }

  public @Nullable String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(@Nullable String displayName) {
    this.displayName = displayName;
  }

  public @Nullable SecretRef getSecretRef() {
    return secretRef;
  }

  public void setSecretRef(@Nullable SecretRef secretRef) {
    this.secretRef = secretRef;
  }

  public @Nullable String getEncryptedKey() {
    return encryptedKey;
  }

  public void setEncryptedKey(@Nullable String encryptedKey) {
    this.encryptedKey = encryptedKey;
  }

  public @Nullable SealedKey getSealedKey() {
    return sealedKey;
  }

  public void setSealedKey(@Nullable SealedKey sealedKey) {
    this.sealedKey = sealedKey;
  }

  public @Nullable String getEndpoint() {
    return endpoint;
  }

  public void setEndpoint(@Nullable String endpoint) {
    this.endpoint = endpoint;
  }

  public @Nullable Boolean getAllowInsecureEndpoint() {
    return allowInsecureEndpoint;
  }

  public void setAllowInsecureEndpoint(@Nullable Boolean allowInsecureEndpoint) {
    this.allowInsecureEndpoint = allowInsecureEndpoint;
  }

  public @Nullable List<Header> getHeaders() {
    return headers;
  }

  public void setHeaders(@Nullable List<Header> headers) {
    this.headers = headers;
  }

  public @Nullable CaRef getCaRef() {
    return caRef;
  }

  public void setCaRef(@Nullable CaRef caRef) {
    this.caRef = caRef;
  }

  public @Nullable AzureSettings getAzure() {
    return azure;
  }

  public void setAzure(@Nullable AzureSettings azure) {
    this.azure = azure;
  }

  public @Nullable ModelSelection getModels() {
    return models;
  }

  public void setModels(@Nullable ModelSelection models) {
    this.models = models;
  }

  public @Nullable Verification getVerification() {
    return verification;
  }

  public void setVerification(@Nullable Verification verification) {
    this.verification = verification;
  }

  public @Nullable KeyRotation getRotation() {
    return rotation;
  }

  public void setRotation(@Nullable KeyRotation rotation) {
    this.rotation = rotation;
  }

  public @Nullable String getExpiresAt() {
    return expiresAt;
  }

  public void setExpiresAt(@Nullable String expiresAt) {
    this.expiresAt = expiresAt;
  }

  public @Nullable Boolean getSuspend() {
    return suspend;
  }

  public void setSuspend(@Nullable Boolean suspend) {
    this.suspend = suspend;
  }
}
