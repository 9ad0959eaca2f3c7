package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/// Objects that users own, read when they are needed and never held.
interface UserObjects {

  Optional<Secret> secret(Ref ref);

  Optional<ConfigMap> configMap(Ref ref);

  static UserObjects of(KubernetesClient client) {
    return new UserObjects() {
      @Override
      public Optional<Secret> secret(Ref ref) {
        return Optional.ofNullable(
            client.secrets().inNamespace(ref.namespace()).withName(ref.name()).get());
      }

      @Override
      public Optional<ConfigMap> configMap(Ref ref) {
        return Optional.ofNullable(
            client.configMaps().inNamespace(ref.namespace()).withName(ref.name()).get());
      }
    };
  }
}
