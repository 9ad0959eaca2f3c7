package dev.llmconfig.agent;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which containers of a workload are told. Without a choice all that its owner wrote; what a mesh
/// or a vault puts beside them calls no model.
///
/// @param names those to tell, in the order of the pod
/// @param missing named, and not there
public record Containers(List<String> names, SortedSet<String> missing) {

  /// What injectors call the containers they add.
  private static final Set<String> INJECTED =
      Set.of(
          "consul-connect-envoy-sidecar",
          "consul-dataplane",
          "daprd",
          "gke-gcsfuse-sidecar",
          "istio-proxy",
          "kuma-sidecar",
          "linkerd-proxy",
          "vault-agent");

  /// The containers of one pod template.
  ///
  /// @param chosen the names that its owner or its ModelConfig chose; empty for no choice
  public static Containers of(PodSpec pod, Collection<String> chosen) {
    List<String> all = pod.getContainers().stream().map(Container::getName).toList();
    if (chosen.isEmpty()) {
      return new Containers(
          all.stream().filter(name -> !INJECTED.contains(name)).toList(), new TreeSet<>());
    }
    var missing = new TreeSet<>(chosen);
    all.forEach(missing::remove);
    return new Containers(all.stream().filter(chosen::contains).toList(), missing);
  }
}
