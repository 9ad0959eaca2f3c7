package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.store.Declared;
import dev.llmconfig.store.Manifests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An object as it would be committed: what its owner declares, and nothing of the server's.
final class Yaml {

  private Yaml() {}

  static String of(Live live, ObjectNode spec) {
    return Manifests.of(List.of(declared(live, spec)));
  }

  static Declared declared(Live live, ObjectNode spec) {
    var content = Trees.object();
    content.set("spec", spec);
    return new Declared(
        live.kind().apiVersion(),
        live.kind().name(),
        live.ref(),
        live.labels(),
        declared(live.annotations()),
        content,
        List.of());
  }

  /// Requests and traces of tools are in nobody's Git.
  private static Map<String, String> declared(Map<String, String> annotations) {
    var declared = new HashMap<>(annotations);
    declared
        .keySet()
        .removeIf(name ->
            name.startsWith("kubectl.kubernetes.io/")
                || name.startsWith("llmconfig.dev/")
                || name.endsWith("argoproj.io/tracking-id"));
    return declared;
  }
}
