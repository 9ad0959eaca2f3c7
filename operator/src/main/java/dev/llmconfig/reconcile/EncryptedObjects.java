package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.stream.Stream;

/// The keys that a key ring is needed for, looked for in the cluster itself.
final class EncryptedObjects {

  private final Controllers.Clients clients;
  private final Set<String> namespaces;

  /// @param namespaces none means all
  EncryptedObjects(Controllers.Clients clients, Set<String> namespaces) {
    this.clients = clients;
    this.namespaces = Set.copyOf(namespaces);
  }

  int count() {
    return (int)
        (namespaces.isEmpty() ? Stream.of("") : namespaces.stream())
            .flatMap(namespace -> Stream.concat(held(namespace), written(namespace)))
            .distinct()
            .count();
  }

  private Stream<Ref> held(String namespace) {
    KubernetesClient client = clients.metadata();
    var secrets = client.secrets();
    return (namespace.isEmpty() ? secrets.inAnyNamespace() : secrets.inNamespace(namespace))
            .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
            .withLabel(Labels.API_KEY)
            .withField("type", ManagedNames.ENCRYPTED_KEY_TYPE)
            .list()
            .getItems()
            .stream()
            .map(one -> new Ref(namespace(one), Labelled.label(one, Labels.API_KEY)));
  }

  private Stream<Ref> written(String namespace) {
    var keys = clients.objects().resources(ApiKeyConfig.class);
    return (namespace.isEmpty() ? keys.inAnyNamespace() : keys.inNamespace(namespace))
        .list().getItems().stream()
            .filter(key -> key.getSpec() != null && key.getSpec().getEncryptedKey() != null)
            .map(key -> new Ref(namespace(key), key.getMetadata().getName()));
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }
}
