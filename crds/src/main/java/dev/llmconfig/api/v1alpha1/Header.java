package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One HTTP header that is sent with every request to the provider. Names that are refused are
/// added from [dev.llmconfig.api.ReservedHeaders] when the CRD is generated.
@ValidationRule(
    value = "self.value.matches('^([!-~]([ \\\\t!-~]*[!-~])?)?$')",
    fieldPath = ".value",
    message =
        "a header value is one line of printable ASCII without spaces at its ends: remove"
            + " line breaks, control characters and letters beyond ASCII")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Header {

  @JsonPropertyDescription(
      "Name of the header. Two names that differ only in case are the same header.")
  @Required
  @Size(max = 64)
  @ValidationRule(
      value = "self.matches('^[-A-Za-z0-9!#$%&*+.^_|~`]+$')",
      message =
          "a header name has only letters, digits and -!#$%&*+.^_|~`: remove spaces, colons"
              + " and everything else")
  private @Nullable String name;

  @JsonPropertyDescription(
      "Value of the header. It is not secret: everyone who may read this object sees it.")
  @Required
  @Size(max = 1024)
  private @Nullable String value;

  public @Nullable String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name;
  }

  public @Nullable String getValue() {
    return value;
  }

  public void setValue(@Nullable String value) {
    this.value = value;
  }
}
