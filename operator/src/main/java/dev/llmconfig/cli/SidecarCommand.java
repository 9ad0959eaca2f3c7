package dev.llmconfig.cli;

import dev.llmconfig.domain.Validated;
import io.fabric8.kubernetes.client.Config;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `llmconfig sidecar`. Every option is a text here: what is wrong with all of them is told at
/// once.
@Command(
    name = "sidecar",
    description =
        "Serves the REST API from the operator's mirror. It has no rights of its own: whoever calls"
            + " is asked about at the API server, with their own token.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each option can be given as a variable: --data-dir is LLMCONFIG_DATA_DIR.",
      "ENCRYPTION_KEY, or the file that ENCRYPTION_KEY_FILE names, holds the encryption keys of the",
      "operator.",
      "Of KUBECONFIG only the address of the API server and its certificates are used, unless",
      "--local-login lets its person in.",
      "",
      "Exit codes: 0 ended as asked, 1 failed, 2 wrong usage, 78 wrong configuration."
    })
@SuppressWarnings(
    "UnusedVariable") // picocli reads the options by their names, through the command's model
final class SidecarCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Directory of the operator's mirror. Default: /data/mirror.")
  private @Nullable String dataDirectory;

  @Option(
      names = "--usage-dir",
      paramLabel = "DIR",
      description =
          "Directory for what it has seen itself, such as who changed what. Default: usage, beside"
              + " --data-dir.")
  private @Nullable String usageDirectory;

  @Option(
      names = "--usage-retention",
      paramLabel = "DAYS",
      description = "For how long it keeps who changed what. Default: 90.")
  private @Nullable String usageRetention;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description =
          "Directory in which the operator hands over the encryption keys, unless they are given."
              + " Default: in a pod /run/llmconfig, else none.")
  private @Nullable String runDirectory;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "Address of the API; port 0 takes a free one. Default: 127.0.0.1:8080, in a pod"
              + " 0.0.0.0:8080.")
  private @Nullable String listen;

  @Option(
      names = "--health-listen",
      paramLabel = "HOST:PORT",
      description =
          "Address of /livez, /readyz and /metrics; port 0 takes a free one. Default:"
              + " 127.0.0.1:9091, in a pod 0.0.0.0:9091.")
  private @Nullable String healthListen;

  @Option(
      names = "--base-path",
      paramLabel = "PATH",
      description = "Path under which all of it is served, such as /llm/. Default: /.")
  private @Nullable String basePath;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = "Where people find it from outside; its host is one that requests may name.")
  private @Nullable String publicUrl;

  @Option(
      names = "--argocd-url",
      paramLabel = "URL",
      description =
          "Where people find Argo CD: what one of its applications owns links to it there. Default:"
              + " none, and then there is no link.")
  private @Nullable String argocdUrl;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Name of its Service, which requests from inside the cluster may name.")
  private @Nullable String service;

  @Option(
      names = "--trusted-proxies",
      paramLabel = "NETWORK,…",
      description =
          "Addresses of the proxies that end https for it; people may then sign in through them.")
  private @Nullable String trustedProxies;

  @Option(
      names = "--proxy-secret-file",
      paramLabel = "FILE",
      description =
          "File with what the trusted proxies send in x-llmconfig-proxy-secret. The people whom"
              + " they name in X-Forwarded-User may then read and chat.")
  private @Nullable String proxySecretFile;

  @Option(
      names = "--review-token-file",
      paramLabel = "FILE",
      description =
          "File with the token of an account that may create subjectaccessreviews and nothing else:"
              + " with it the API server is asked about those people.")
  private @Nullable String reviewTokenFile;

  @Option(
      names = "--local-login",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Prints an address that signs one person in, once, as the kubeconfig's own identity. Only"
              + " on loopback, and never in a pod. Default: false.")
  private @Nullable String localLogin;

  @Option(
      names = "--login-file",
      paramLabel = "FILE",
      description =
          "With --local-login: keeps another such address there, for whom the first one is used"
              + " up; only its owner can read it.")
  private @Nullable String loginFile;

  @Option(
      names = "--sealing-certificate",
      paramLabel = "FILE",
      description =
          "The certificate of the sealed-secrets controller, in PEM, for exports that seal keys."
              + " Default: none, and then no export seals.")
  private @Nullable String sealingCertificate;

  @Option(
      names = "--auth-outage-grace",
      paramLabel = "SECONDS",
      description =
          "How long somebody may read on while the API server is away; 0 for not at all. Default:"
              + " 1800.")
  private @Nullable String authOutageGrace;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "Default: text, in a pod json.")
  private @Nullable String logFormat;

  @Option(
      names = "--log-level",
      paramLabel = "error|warn|info|debug",
      description = "Default: info.")
  private @Nullable String logLevel;

  SidecarCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    var environment = shell.environment();
    var place = SidecarSurroundings.of(environment, kubernetes());
    return switch (SidecarConfiguration.parse(GivenFlags.of(spec), environment, place)) {
      case Validated.Invalid<SidecarConfiguration>(var problems) ->
          throw GivenFlags.refused(problems);
      case Validated.Valid<SidecarConfiguration>(var configuration) -> {
        Logging.configure(configuration.logFormat(), configuration.logLevel());
        yield SidecarProcess.run(configuration, shell);
      }
    };
  }

  private static Config kubernetes() {
    try {
      return Config.autoConfigure(null);
    } catch (RuntimeException _) {
      // What it says may hold a token of the file.
      throw Refusal.of(
          OperatorCommand.WRONG_CONFIGURATION,
          "The kubeconfig cannot be read; set KUBECONFIG to a file that `kubectl get nodes` works"
              + " with.");
    }
  }
}
