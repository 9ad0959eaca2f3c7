package dev.llmconfig.cli;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// Where the process runs: in a pod, where the kubelet says it all, or on a machine with a
/// kubeconfig.
///
/// @param identity what this replica is called in the lease and in events
record Surroundings(boolean inPod, boolean clusterKnown, String namespace, String identity) {

  private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  static Surroundings of(Map<String, String> environment, Config kubernetes) {
    var pod =
        environment.containsKey("KUBERNETES_SERVICE_HOST")
            && Files.isReadable(MOUNTED.resolve("token"));
    return new Surroundings(
        pod, clusterKnown(pod, kubernetes), namespace(pod, kubernetes), identity(environment));
  }

  /// Without any configuration the client dials the name that the API server has in a pod.
  private static boolean clusterKnown(boolean pod, Config kubernetes) {
    return pod || !kubernetes.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL);
  }

  private static String namespace(boolean pod, Config kubernetes) {
    if (pod) {
      try {
        return Files.readString(MOUNTED.resolve("namespace")).strip();
      } catch (IOException _) {
        // The client's own answer is as good.
      }
    }
    var namespace = kubernetes.getNamespace();
    return namespace == null || namespace.isBlank() ? "default" : namespace;
  }

  /// Two processes on one machine are two replicas.
  private static String identity(Map<String, String> environment) {
    var pod = environment.getOrDefault("HOSTNAME", "");
    if (!pod.isBlank() && environment.containsKey("KUBERNETES_SERVICE_HOST")) {
      return pod;
    }
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (IOException _) {
      host = "localhost";
    }
    return host + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
