package dev.llmconfig.cli;

import dev.llmconfig.access.ApiServer;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Validated;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Everything the sidecar is told at start, parsed once, with all that is wrong reported together.
///
/// @param dataDirectory where the operator keeps its mirror
/// @param serviceNames host names by which it may be called, beside loopback and the public URL
/// @param outageGrace how long an allow is good while the API server is away
record SidecarConfiguration(
    Path dataDirectory,
    InetSocketAddress listen,
    InetSocketAddress healthListen,
    String basePath,
    Optional<URI> publicUrl,
    Set<String> serviceNames,
    ApiServer apiServer,
    Duration outageGrace,
    Logging.Format logFormat,
    Logging.Verbosity logLevel,
    Optional<KeyRing> ring,
    String identity) {

  private static final int USUAL_GRACE_SECONDS = 1_800;

  SidecarConfiguration {
    serviceNames = Set.copyOf(serviceNames);
  }

  static Validated<SidecarConfiguration> parse(
      Map<String, String> flags, Map<String, String> environment, SidecarSurroundings place) {
    var settings = new Settings(flags, environment);
    var pod = place.inPod();
    if (place.apiServer().isEmpty()) {
      settings.problem(
          "KUBECONFIG",
          "No cluster is configured; set KUBECONFIG to a file that exists and has a current"
              + " context: the address of its API server is taken from there, and nothing else.");
    }
    var any = pod ? "0.0.0.0" : "127.0.0.1";
    var configuration =
        new SidecarConfiguration(
            settings.path("--data-dir", Path.of("/data/mirror")),
            settings.listen("--listen", new InetSocketAddress(any, 8080)),
            settings.listen("--health-listen", new InetSocketAddress(any, 9091)),
            settings.basePath("--base-path"),
            settings.url("--public-url"),
            serviceNames(settings.dnsLabel("--service", ""), place.namespace()),
            place
                .apiServer()
                .orElse(new ApiServer("https://none.invalid", Optional.empty(), false)),
            settings.seconds("--auth-outage-grace", USUAL_GRACE_SECONDS),
            settings.oneOf(
                "--log-format",
                Logging.Format.class,
                pod ? Logging.Format.JSON : Logging.Format.TEXT),
            settings.oneOf("--log-level", Logging.Verbosity.class, Logging.Verbosity.INFO),
            // The read side does without one, and says so.
            GivenKeys.ring(environment, settings, true),
            place.identity());
    return Validated.of(configuration, settings.problems());
  }

  /// Every form in which the cluster's DNS knows it.
  private static Set<String> serviceNames(String service, String namespace) {
    var names = new TreeSet<String>();
    if (!service.isEmpty()) {
      var qualified = service + "." + namespace;
      names.add(service);
      names.add(qualified);
      names.add(qualified + ".svc");
      names.add(qualified + ".svc.cluster.local");
    }
    return names;
  }
}
