package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// The key that was replaced, while it is still usable.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class PreviousKey {

  @JsonPropertyDescription("Revision of the previous key.")
  private @Nullable String revision;

  @JsonPropertyDescription("When it stops being usable.")
  private @Nullable String usableUntil;

  public @Nullable String getRevision() {
    return revision;
  }

  public void setRevision(@Nullable String revision) {
    this.revision = revision;
  }

  public @Nullable String getUsableUntil() {
    return usableUntil;
  }

  public void setUsableUntil(@Nullable String usableUntil) {
    this.usableUntil = usableUntil;
  }
}
