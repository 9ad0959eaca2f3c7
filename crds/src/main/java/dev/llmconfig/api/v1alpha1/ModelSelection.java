package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.Discovery;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which models of the provider may be used.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ModelSelection {

  @JsonPropertyDescription(
      "Automatic: the list of models is read from the provider. Disabled: only "
          + "`additional` counts. Default: Automatic.")
  private @Nullable Discovery discovery;

  @JsonPropertyDescription(
      "Models that may be used: whole ids, case-sensitive, where * stands for any "
          + "characters. Absent or empty: all.")
  @Size(max = 100)
  @ValidationRule(
      value = "self.all(pattern, !pattern.matches('[\\\\p{C}\\\\p{Z}]'))",
      message =
          "an entry of allow has a space or an invisible character: write one model id or "
              + "pattern per entry, such as gpt-5*")
  private @Nullable List<@Size(min = 1, max = 256) String> allow;

  @JsonPropertyDescription("Models and deployments that the provider does not list, at most 200.")
  @Size(max = 200)
  private @Nullable List<AdditionalModel> additional;

  public @Nullable Discovery getDiscovery() {
    return discovery;
  }

  public void setDiscovery(@Nullable Discovery discovery) {
    this.discovery = discovery;
  }

  public @Nullable List<String> getAllow() {
    return allow;
  }

  public void setAllow(@Nullable List<String> allow) {
    this.allow = allow;
  }

  public @Nullable List<AdditionalModel> getAdditional() {
    return additional;
  }

  public void setAdditional(@Nullable List<AdditionalModel> additional) {
    this.additional = additional;
  }
}
