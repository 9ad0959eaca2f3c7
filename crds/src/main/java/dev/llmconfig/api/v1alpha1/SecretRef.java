package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A key in a Secret that somebody else writes. No rule stands on a field here, see [Cel].
@ValidationRule(value = Cel.NAME_IN, fieldPath = ".name", message = Cel.OBJECT_NAME_MESSAGE)
@ValidationRule(value = Cel.KEY_IN, fieldPath = ".key", message = Cel.DATA_KEY_MESSAGE)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class SecretRef {

  @JsonPropertyDescription(
      "Name of a Secret in the same namespace, written by you, External Secrets, SOPS "
          + "or Sealed Secrets.")
  @Required
  @Size(max = 253)
  private @Nullable String name;

  @JsonPropertyDescription(
      "Data key in that Secret. Absent: the name that the provider usually uses, else "
          + "the only data key there is.")
  @Size(max = 253)
  private @Nullable String key;

  public @Nullable String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name;
  }

  public @Nullable String getKey() {
    return key;
  }

  public void setKey(@Nullable String key) {
    this.key = key;
  }
}
