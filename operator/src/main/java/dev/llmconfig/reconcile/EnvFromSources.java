package dev.llmconfig.reconcile;

import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.delivery.ProvidedNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Which variables the sources of `envFrom` have that are not ours: ConfigMaps, and where an agent
/// reads our Secret beside them, Secrets, too. Their names, never what they say. No watch of ours
/// shows them, so they are asked for now and then.
final class EnvFromSources {

  private static final Duration FRESH = Duration.ofSeconds(30);

  private final KubernetesClient client;

  /// By namespace, kind and name.
  private final Map<String, Looked> looked = new ConcurrentHashMap<>();

  private record Looked(Set<String> variables, Instant at) {}

  EnvFromSources(KubernetesClient client) {
    this.client = client;
  }

  /// By kind and name, such as `ConfigMap chat`.
  Map<String, Set<String>> beside(
      String secret, Collection<? extends HasMetadata> workloads, Instant now) {
    looked.values().removeIf(one -> one.at.plus(FRESH).isBefore(now));
    var found = new HashMap<String, Set<String>>();
    for (var workload : workloads) {
      var namespace = workload.getMetadata().getNamespace();
      var template = Workload.of(workload).template();
      Stream.concat(ProvidedNames.maps(template), ProvidedNames.beside(secret, template))
          .forEach(source ->
              found.computeIfAbsent(
                  source,
                  _ ->
                      looked.computeIfAbsent(
                              namespace + " " + source,
                              _ -> new Looked(variables(namespace, source), now))
                          .variables));
    }
    return found;
  }

  /// One that is not there, or may not be read, has none.
  private Set<String> variables(String namespace, String source) {
    var name = source.substring(source.indexOf(' ') + 1);
    try {
      return source.startsWith("Secret ")
          ? Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
              .map(Secret::getData)
              .map(Map::keySet)
              .map(Set::copyOf)
              .orElseGet(Set::of)
          : Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
              .map(ConfigMap::getData)
              .map(Map::keySet)
              .map(Set::copyOf)
              .orElseGet(Set::of);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == 403) {
        return Set.of();
      }
      throw refused;
    }
  }
}
