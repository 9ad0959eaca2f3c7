package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/// The SealedSecrets of a golden folder.
///
/// @param api empty where the cluster has the API; else `missing` or `forbidden`
record StoredSealedSecrets(String api, List<GenericKubernetesResource> all)
    implements SealedSecrets {

  @Override
  public Look get(Ref ref) {
    return switch (api) {
      case "" -> new Look.Seen(find(ref));
      case "missing" -> new Look.NoApi();
      case "forbidden" -> new Look.Hidden();
      default -> throw new IllegalArgumentException("no situation of sealed-secrets: " + api);
    };
  }

  @Override
  public boolean traced(Ref key) {
    return find(new Ref(key.namespace(), ManagedNames.unsealedSecret(key.name()))).isPresent();
  }

  private Optional<GenericKubernetesResource> find(Ref ref) {
    return all.stream()
        .filter(one -> one.getMetadata().getNamespace().equals(ref.namespace()))
        .filter(one -> one.getMetadata().getName().equals(ref.name()))
        .findFirst();
  }
}
