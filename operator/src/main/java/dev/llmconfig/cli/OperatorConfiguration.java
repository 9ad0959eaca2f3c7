package dev.llmconfig.cli;

import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.reconcile.KeyringPlace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Everything the operator is told at start, parsed once, with all that is wrong reported together.
///
/// @param reviewAccount whose tokens the sidecar asks about people with
record OperatorConfiguration(
    Set<String> watchNamespaces,
    Path dataDirectory,
    Optional<Path> runDirectory,
    String homeNamespace,
    KeyringPlace keyring,
    Optional<Ref> reviewAccount,
    InetSocketAddress listen,
    OptionalInt replicas,
    boolean allowUnboundTokens,
    boolean requireEndpointConsent,
    Logging.Format logFormat,
    Logging.Verbosity logLevel,
    Optional<KeyRing> ring,
    String identity) {

  OperatorConfiguration {
    watchNamespaces = Set.copyOf(watchNamespaces);
  }

  static Validated<OperatorConfiguration> parse(
      Map<String, String> flags, Map<String, String> environment, Surroundings surroundings) {
    var settings = new Settings(flags, environment);
    var pod = surroundings.inPod();
    if (!surroundings.clusterKnown()) {
      settings.problem(
          "KUBECONFIG",
          "No cluster is configured; set KUBECONFIG to a file that exists and has a current"
              + " context.");
    }
    var home = settings.dnsLabel("--home-namespace", surroundings.namespace());
    var shared = runDirectory(settings, pod);
    var configuration =
        new OperatorConfiguration(
            settings.dnsLabels("--watch-namespaces"),
            writable(settings, "--data-dir", settings.path("--data-dir", Path.of("/data/mirror"))),
            shared,
            home,
            keyring(settings, home),
            reviewAccount(settings, home, shared),
            settings.listen("--listen", new InetSocketAddress(pod ? "0.0.0.0" : "127.0.0.1", 9090)),
            settings.count("--replicas"),
            settings.yes("--allow-unbound-tokens", false),
            settings.yes("--require-endpoint-consent", true),
            settings.oneOf(
                "--log-format",
                Logging.Format.class,
                pod ? Logging.Format.JSON : Logging.Format.TEXT),
            settings.oneOf("--log-level", Logging.Verbosity.class, Logging.Verbosity.INFO),
            GivenKeys.ring(environment, settings, pod),
            surroundings.identity());
    return Validated.of(configuration, settings.problems());
  }

  /// Whoever brings a ring makes it, too.
  private static KeyringPlace keyring(Settings settings, String home) {
    var own = settings.dnsLabel("--keyring-secret", "llm-config-operator-keyring");
    var brought = settings.text("--existing-keyring-secret").isPresent();
    var keys = brought ? settings.objectName("--existing-keyring-secret", own) : own;
    return new KeyringPlace(
        new Ref(home, own),
        new Ref(home, keys),
        settings.yes("--create-keyring", true) && !brought);
  }

  private static Optional<Ref> reviewAccount(
      Settings settings, String home, Optional<Path> shared) {
    var name = settings.dnsLabel("--review-account", "");
    if (!name.isEmpty() && shared.isEmpty()) {
      settings.problem(
          "--review-account",
          "--review-account needs --run-dir, in which its token is handed to the sidecar.");
    }
    return Optional.of(name).filter(one -> !one.isEmpty()).map(one -> new Ref(home, one));
  }

  /// Where nobody mounts one there is no sidecar to hand anything to.
  private static Optional<Path> runDirectory(Settings settings, boolean pod) {
    var named = settings.path("--run-dir").map(path -> writable(settings, "--run-dir", path));
    return named.isEmpty() && pod
        ? Optional.of(RunDirectory.IN_A_POD).filter(Files::isDirectory)
        : named;
  }

  private static Path writable(Settings settings, String flag, Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException _) {
      // Said below, in words of ours.
    }
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      settings.problem(
          flag,
          "The value of %s (or %s) is not a directory that can be written to."
              .formatted(flag, Settings.variable(flag)));
    }
    return directory;
  }
}
