package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;

/// The managed Secret of a key, from the cache. What the cache lacks is looked up once more: it
/// holds only what carries our label, and an object of somebody else with the same name must be
/// seen before anything is written.
final class ManagedSecrets {

  private final KubernetesClient client;

  ManagedSecrets(KubernetesClient client) {
    this.client = client;
  }

  Optional<Secret> find(Ref key, Context<ApiKeyConfig> context) {
    var name = ManagedNames.encryptedSecret(key.name());
    return cache(context)
        .get(new ResourceID(name, key.namespace()))
        .or(() ->
            Optional.ofNullable(
                client.secrets().inNamespace(key.namespace()).withName(name).get()));
  }

  /// What was just written must be seen by the next reconcile, however late the watch is.
  void remember(Secret written, Optional<Secret> before, Context<ApiKeyConfig> context) {
    var id = ResourceID.fromResource(written);
    before.ifPresentOrElse(
        old -> cache(context).handleRecentResourceUpdate(id, written, old),
        () -> cache(context).handleRecentResourceCreate(id, written));
  }

  private static InformerEventSource<Secret, ApiKeyConfig> cache(Context<ApiKeyConfig> context) {
    return (InformerEventSource<Secret, ApiKeyConfig>)
        context
            .eventSourceRetriever()
            .getEventSourceFor(Secret.class, EventSources.MANAGED_SECRETS);
  }
}
