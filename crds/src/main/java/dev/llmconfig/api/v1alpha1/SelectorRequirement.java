package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.SelectorOperator;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One condition on the labels of a workload.
@ValidationRule(
    value = "self.operator in ['In', 'NotIn'] == (has(self.values) && self.values.size() > 0)",
    message =
        "In and NotIn need at least one entry in values, Exists and DoesNotExist none: "
            + "add or remove values")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class SelectorRequirement extends SpecPart {

  @JsonPropertyDescription("Label that the condition is about.")
  @Required
  @Size(max = 317)
  @ValidationRule(
      value = Cel.LABEL_KEY,
      message = "key is not a label name: write it as name or example.com/name")
  private @Nullable String key;

  @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.")
  @Required
  private @Nullable SelectorOperator operator;

  @JsonPropertyDescription("Values for In and NotIn; left out for Exists and DoesNotExist.")
  @Size(max = 32)
  @ValidationRule(
      value = "self.all(value, value.matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
      message =
          "an entry of values is not a label value: use letters, digits, -, _ and ., with a"
              + " letter or digit at both ends")
  private @Nullable List<@Size(max = 63) String> values;

  public @Nullable String getKey() {
    return key;
  }

  public void setKey(@Nullable String key) {
    this.key = key;
  }

  public @Nullable SelectorOperator getOperator() {
    return operator;
  }

  public void setOperator(@Nullable SelectorOperator operator) {
    this.operator = operator;
  }

  public @Nullable List<String> getValues() {
    return values;
  }

  public void setValues(@Nullable List<String> values) {
    this.values = values;
  }
}
