package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// What became of a parameter that could not be sent as it was asked for.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ResolvedParameter {

  @JsonPropertyDescription("Name of the parameter.")
  private @Nullable String name;

  @JsonPropertyDescription("The value in the spec.")
  private @Nullable JsonNode asked;

  @JsonPropertyDescription("The value that is sent; absent when it is not sent.")
  private @Nullable JsonNode effective;

  @JsonPropertyDescription("One word for the reason.")
  private @Nullable String why;

  @JsonPropertyDescription("Where that is known from.")
  private @Nullable String source;

  public @Nullable String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name;
  }

  public @Nullable JsonNode getAsked() {
    return asked;
  }

  public void setAsked(@Nullable JsonNode asked) {
    this.asked = asked;
  }

  public @Nullable JsonNode getEffective() {
    return effective;
  }

  public void setEffective(@Nullable JsonNode effective) {
    this.effective = effective;
  }

  public @Nullable String getWhy() {
    return why;
  }

  public void setWhy(@Nullable String why) {
    this.why = why;
  }

  public @Nullable String getSource() {
    return source;
  }

  public void setSource(@Nullable String source) {
    this.source = source;
  }
}
