package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An API server that has these ConfigMaps, and remembers who was asked for.
final class KeptObjects implements UserObjects {

  final List<String> asked = new ArrayList<>();
  private final Map<Ref, ConfigMap> maps;
  private Optional<Integer> refusal = Optional.empty();

  KeptObjects(Map<Ref, ConfigMap> maps) {
    this.maps = maps;
  }

  void refuse(int code) {
    refusal = Optional.of(code);
  }

  void allow() {
    refusal = Optional.empty();
  }

  @Override
  public Optional<Secret> secret(Ref ref) {
    return Optional.empty();
  }

  @Override
  public Optional<ConfigMap> configMap(Ref ref) {
    asked.add(ref.name());
    if (refusal.isPresent()) {
      throw new KubernetesClientException("no", refusal.get(), null);
    }
    return Optional.ofNullable(maps.get(ref));
  }
}
