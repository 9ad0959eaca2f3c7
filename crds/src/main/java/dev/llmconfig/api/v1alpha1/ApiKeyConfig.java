package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.llmconfig.api.ApiGroup;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A provider credential and how to reach the provider.
@Group(ApiGroup.NAME)
@Version(ApiGroup.V1ALPHA1)
@ShortNames("akc")
@Categories(ApiGroup.CATEGORY)
@JsonClassDescription(
    "A credential of an LLM provider, and how to reach the provider. The key is verified, kept"
        + " encrypted, and used by the ModelConfigs that name it.")
public class ApiKeyConfig extends CustomResource<ApiKeyConfigSpec, ApiKeyConfigStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;
}
