package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Selects workloads by their labels.
@ValidationRule(
    value =
        "(has(self.matchLabels) && self.matchLabels.size() > 0) || "
            + "(has(self.matchExpressions) && self.matchExpressions.size() > 0)",
    message =
        "an empty selector would take every workload of the namespace: add matchLabels or"
            + " matchExpressions, or remove selector")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Selector {

  @JsonPropertyDescription(
      "Labels that a workload must have, with exactly these values; at most 16.")
  @ValidationRule(
      value = Cel.LABELS,
      message =
          "a key or value of matchLabels is not a label: keys look like name or "
              + "example.com/name, values have letters, digits, -, _ and ., with a letter or "
              + "digit at both ends")
  private @Nullable Map<String, @Size(max = 63) String> matchLabels;

  @JsonPropertyDescription("Conditions that must all hold, at most 16.")
  @Size(max = 16)
  private @Nullable List<SelectorRequirement> matchExpressions;

  public @Nullable Map<String, String> getMatchLabels() {
    return matchLabels;
  }

  public void setMatchLabels(@Nullable Map<String, String> matchLabels) {
    this.matchLabels = matchLabels;
  }

  public @Nullable List<SelectorRequirement> getMatchExpressions() {
    return matchExpressions;
  }

  public void setMatchExpressions(@Nullable List<SelectorRequirement> matchExpressions) {
    this.matchExpressions = matchExpressions;
  }
}
