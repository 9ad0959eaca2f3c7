package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.CaKind;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Where the certificate of a private certificate authority is kept.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class CaRef {

  @JsonPropertyDescription("Kind of the object: ConfigMap or Secret.")
  @Required
  private @Nullable CaKind kind;

  @JsonPropertyDescription("Name of that object in the same namespace.")
  @Required
  @Size(max = 253)
  @ValidationRule(value = Cel.OBJECT_NAME, message = Cel.OBJECT_NAME_MESSAGE)
  private @Nullable String name;

  @JsonPropertyDescription("Data key with the PEM certificates, such as ca.crt.")
  @Required
  @Size(max = 253)
  @ValidationRule(value = Cel.DATA_KEY, message = Cel.DATA_KEY_MESSAGE)
  private @Nullable String key;

  public @Nullable CaKind getKind() {
    return kind;
  }

  public void setKind(@Nullable CaKind kind) {
    this.kind = kind;
  }

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
