package dev.llmconfig.cli;

import dev.llmconfig.access.ApiServer;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.rest.Network;
import dev.llmconfig.sqlite.UsageDatabase;
import dev.llmconfig.store.Sealing;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Everything the sidecar is told at start, parsed once, with all that is wrong reported together.
///
/// @param dataDirectory where the operator keeps its mirror
/// @param usageDirectory where this process keeps what it has seen
/// @param usageRetention for how long
/// @param argocdUrl where people find Argo CD, for links to what it owns
/// @param serviceNames host names by which it may be called, beside loopback and the public URL
/// @param trustedProxies where whoever ends encryption for it connects from
/// @param proxySecret what a proxy proves with that names come from it
/// @param reviewToken what the API server is asked with about people of whom only the name is known
/// @param localLogin whether somebody may sign in as the kubeconfig's own identity
/// @param loginFile where the next address is kept that does so
/// @param outageGrace how long an allow is good while the API server is away
record SidecarConfiguration(
    Path dataDirectory,
    Path usageDirectory,
    Duration usageRetention,
    InetSocketAddress listen,
    InetSocketAddress healthListen,
    String basePath,
    Optional<URI> publicUrl,
    Optional<URI> argocdUrl,
    Set<String> serviceNames,
    List<Network> trustedProxies,
    Optional<SecretFile> proxySecret,
    Optional<SecretFile> reviewToken,
    boolean localLogin,
    Optional<Path> loginFile,
    ApiServer apiServer,
    Duration outageGrace,
    Logging.Format logFormat,
    Logging.Verbosity logLevel,
    RingSource ring,
    Sealing sealing,
    Egress egress,
    String installation,
    String identity) {

  private static final int USUAL_GRACE_SECONDS = 1_800;

  SidecarConfiguration {
    serviceNames = Set.copyOf(serviceNames);
    trustedProxies = List.copyOf(trustedProxies);
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
    var data = settings.path("--data-dir", Path.of("/data/mirror"));
    var listen = settings.listen("--listen", new InetSocketAddress(any, 8080));
    var service = settings.dnsLabel("--service", "");
    var apiServer =
        place.apiServer().orElse(new ApiServer("https://none.invalid", Optional.empty(), false));
    var configuration =
        new SidecarConfiguration(
            data,
            settings.path("--usage-dir", data.toAbsolutePath().resolveSibling("usage")),
            settings.days("--usage-retention", UsageDatabase.USUALLY_KEPT),
            listen,
            settings.listen("--health-listen", new InetSocketAddress(any, 9091)),
            settings.basePath("--base-path"),
            settings.url("--public-url"),
            settings.url("--argocd-url"),
            serviceNames(service, place.namespace()),
            settings.networks("--trusted-proxies"),
            proxySecret(settings),
            settings.path("--review-token-file").map(SecretFile::new),
            localLogin(settings, listen, place),
            settings.text("--login-file").map(Path::of),
            apiServer,
            settings.seconds("--auth-outage-grace", USUAL_GRACE_SECONDS),
            settings.oneOf(
                "--log-format",
                Logging.Format.class,
                pod ? Logging.Format.JSON : Logging.Format.TEXT),
            settings.oneOf("--log-level", Logging.Verbosity.class, Logging.Verbosity.INFO),
            ring(environment, settings, pod),
            settings
                .path("--sealing-certificate")
                .<Sealing>map(SealingFile::new)
                .orElse(Sealing.NONE),
            Outside.of(environment, settings::problem),
            installation(apiServer, place.namespace(), service),
            place.identity());
    return Validated.of(configuration, settings.problems());
  }

  /// Names are taken from a proxy that is known by its address and by its secret, and the API
  /// server is asked about them.
  private static Optional<SecretFile> proxySecret(Settings settings) {
    var secret = settings.path("--proxy-secret-file").map(SecretFile::new);
    if (secret.isPresent()
        && (settings.text("--trusted-proxies").isEmpty()
            || settings.text("--review-token-file").isEmpty())) {
      settings.problem(
          "--proxy-secret-file",
          "--proxy-secret-file needs --trusted-proxies, which says where the proxy connects from,"
              + " and --review-token-file, with which the API server is asked about the people it"
              + " names.");
    }
    return secret;
  }

  /// Whoever opens the address is the person of the kubeconfig, so nobody else may reach it, and it
  /// must be a person's: a cluster's processes have identities that are not for people.
  private static boolean localLogin(
      Settings settings, InetSocketAddress listen, SidecarSurroundings place) {
    var wanted = settings.yes("--local-login", false);
    if (wanted && !listen.getAddress().isLoopbackAddress()) {
      settings.problem(
          "--local-login",
          "--local-login is for one person on one machine; listen on 127.0.0.1, or leave it out.");
    }
    if (wanted && place.served()) {
      settings.problem(
          "--local-login",
          "--local-login is not for pods: KUBERNETES_SERVICE_HOST is set, or a ServiceAccount is"
              + " mounted; leave it out, and sign in with a token.");
    }
    return wanted;
  }

  /// Equal on all replicas and for nobody else, whatever keys come and go: it names cookies.
  private static String installation(ApiServer server, String namespace, String service) {
    var place = server.url() + "\n" + server.authority() + "\n" + namespace + "\n" + service;
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 3);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What is given goes first; else it is what the operator of the pod hands over. Without either
  /// the read side works, and chat says what is missing.
  private static RingSource ring(Map<String, String> environment, Settings settings, boolean pod) {
    var given = GivenKeys.ring(environment, settings, true);
    if (given.isPresent()) {
      return () -> given;
    }
    return settings
        .path("--run-dir")
        .or(() -> pod ? Optional.of(RunDirectory.IN_A_POD) : Optional.empty())
        .<RingSource>map(HandedRing::new)
        .orElse(RingSource.NONE);
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
