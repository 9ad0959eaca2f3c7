package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.llmconfig.api.ApiGroup;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// Which model, with which parameters, for which agents.
@Group(ApiGroup.NAME)
@Version(ApiGroup.V1ALPHA1)
@ShortNames("mcfg")
@Categories(ApiGroup.CATEGORY)
@AdditionalSelectableField(jsonPath = ".spec.apiKeyRef.name")
@JsonClassDescription(
    "A model with its parameters, and the agents that get it. New settings reach agents only when"
        + " key and model have been verified.")
@ValidationRule(
    value = "self.metadata.name != 'default'",
    fieldPath = ".metadata.name",
    message =
        "metadata.name must not be default: a workload with the label llmconfig.dev/model-config:"
            + " default follows the default of its namespace; choose another name and set"
            + " spec.isDefault: true")
@ValidationRule(
    value =
        "!has(self.spec.fallbackRefs) || self.spec.fallbackRefs.all(f, f.name !="
            + " self.metadata.name)",
    fieldPath = ".spec.fallbackRefs",
    message = "fallbackRefs names this ModelConfig itself: remove it, or name another ModelConfig")
public class ModelConfig extends CustomResource<ModelConfigSpec, ModelConfigStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;
}
