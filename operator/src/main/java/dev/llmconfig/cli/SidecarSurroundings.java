package dev.llmconfig.cli;

import dev.llmconfig.access.ApiServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Where the sidecar runs. A pod gives it the certificates of the API server and no token; a
/// kubeconfig has credentials, and they stay there.
///
/// @param served whether anything says that a cluster runs this process, which then is nobody's own
/// @param apiServer empty where no cluster is known
record SidecarSurroundings(
    boolean inPod,
    boolean served,
    Optional<ApiServer> apiServer,
    String namespace,
    String identity) {

  private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  static SidecarSurroundings of(Map<String, String> environment, Config kubernetes) {
    return of(environment, kubernetes, MOUNTED);
  }

  static SidecarSurroundings of(Map<String, String> environment, Config kubernetes, Path mounted) {
    var authority = mounted.resolve("ca.crt");
    var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    var near = Surroundings.of(environment, kubernetes);
    if (host.isEmpty() || !Files.isReadable(authority)) {
      return new SidecarSurroundings(
          false,
          !host.isEmpty() || Files.exists(mounted.resolve("token")),
          near.clusterKnown() ? Optional.of(ofKubeconfig(kubernetes)) : Optional.empty(),
          near.namespace(),
          near.identity());
    }
    var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    var address = host.contains(":") ? "[" + host + "]" : host;
    return new SidecarSurroundings(
        true,
        true,
        Optional.of(new ApiServer("https://%s:%s".formatted(address, port), pem(authority), false)),
        namespace(mounted, near.namespace()),
        near.identity());
  }

  private static String namespace(Path mounted, String otherwise) {
    try {
      return Files.readString(mounted.resolve("namespace")).strip();
    } catch (IOException _) {
      return otherwise;
    }
  }

  private static ApiServer ofKubeconfig(Config kubernetes) {
    var authority =
        Optional.ofNullable(kubernetes.getCaCertData())
            .or(() ->
                Optional.ofNullable(kubernetes.getCaCertFile())
                    .map(Path::of)
                    .flatMap(SidecarSurroundings::pem));
    return new ApiServer(kubernetes.getMasterUrl(), authority, kubernetes.isTrustCerts());
  }

  private static Optional<String> pem(Path file) {
    try {
      return Optional.of(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
