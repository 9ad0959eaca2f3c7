package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Requests by annotation that were acted on.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class HandledKeyRequests {

  @JsonPropertyDescription(
      "Value of the annotation llmconfig.dev/verify-requested-at that was acted on last.")
  private @Nullable String verify;

  public @Nullable String getVerify() {
    return verify;
  }

  public void setVerify(@Nullable String verify) {
    this.verify = verify;
  }
}
