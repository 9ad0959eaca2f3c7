package dev.llmconfig.crd;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/// Objects of both kinds from the YAML of their spec on one line, untyped, so that a test can also
/// write what the beans cannot hold.
final class Objects {

  static final PolicyRule EVERYTHING_OF_OURS =
      new PolicyRuleBuilder()
          .withApiGroups("llmconfig.dev")
          .withResources("*")
          .withVerbs("*")
          .build();

  static GenericKubernetesResource apiKeyConfig(String name, String spec) {
    return object(ApiKeyConfig.class, name, spec);
  }

  static GenericKubernetesResource modelConfig(String name, String spec) {
    return object(ModelConfig.class, name, spec);
  }

  private static GenericKubernetesResource object(
      Class<? extends HasMetadata> kind, String name, String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: %s
        metadata: {name: %s}
        spec: %s
        """
            .formatted(HasMetadata.getKind(kind), name, spec),
        GenericKubernetesResource.class);
  }

  private Objects() {}
}
