package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// What happens to the previous key after a rotation.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class KeyRotation {

  @JsonPropertyDescription(
      "How long the previous key stays usable, in seconds. Default: 604800 (7 days).")
  @Min(0)
  private @Nullable Integer gracePeriodSeconds;

  public @Nullable Integer getGracePeriodSeconds() {
    return gracePeriodSeconds;
  }

  public void setGracePeriodSeconds(@Nullable Integer gracePeriodSeconds) {
    this.gracePeriodSeconds = gracePeriodSeconds;
  }
}
