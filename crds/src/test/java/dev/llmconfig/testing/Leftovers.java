package dev.llmconfig.testing;

import dev.llmconfig.api.ApiGroup;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/// Objects that are to go and wait for an operator which has gone with its test. Their namespaces
/// never end, and forty of them keep the control plane busier than any test does: it tries to empty
/// each of them for ever.
final class Leftovers {

  private Leftovers() {}

  /// Of all tests so far: one test at a time uses a control plane.
  static void release(KubernetesClient client) {
    for (var plural : List.of("apikeyconfigs", "modelconfigs")) {
      try {
        release(client, plural);
      } catch (KubernetesClientException _) {
        // The CRDs are not there, or come or go at this moment: the next test that ends looks
        // again.
      }
    }
  }

  private static void release(KubernetesClient client, String plural) {
    var kind =
        client.genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(ApiGroup.NAME)
                .withVersion(ApiGroup.V1ALPHA1)
                .withPlural(plural)
                .withNamespaced(true)
                .build());
    for (var object : kind.inAnyNamespace().list().getItems()) {
      var about = object.getMetadata();
      if (about.getDeletionTimestamp() != null && !about.getFinalizers().isEmpty()) {
        kind.inNamespace(about.getNamespace())
            .withName(about.getName())
            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
      }
    }
  }
}
