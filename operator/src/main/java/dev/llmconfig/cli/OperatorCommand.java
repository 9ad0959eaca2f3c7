package dev.llmconfig.cli;

import dev.llmconfig.domain.Validated;
import dev.llmconfig.verify.Asking;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `llmconfig operator`. Every option is a text here: what is wrong with all of them is told at
/// once.
@Command(
    name = "operator",
    description = "Runs the operator against the cluster of KUBECONFIG, or of the pod it is in.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each option can be given as a variable: --data-dir is LLMCONFIG_DATA_DIR.",
      "ENCRYPTION_KEY, or the file that ENCRYPTION_KEY_FILE names, holds one Fernet key or several",
      "separated by commas; the first one encrypts. `llmconfig keygen` makes one. In a pod the",
      "operator keeps its own in the Secret of --keyring-secret where none is given.",
      "",
      "Exit codes: 0 ended as asked, 1 failed, 2 wrong usage, 78 wrong configuration."
    })
@SuppressWarnings(
    "UnusedVariable") // picocli reads the options by their names, through the command's model
final class OperatorCommand implements Callable<Integer> {

  static final int WRONG_CONFIGURATION = 78;

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--watch-namespaces",
      paramLabel = "a,b",
      description = "Namespaces to watch. Default: all.")
  private @Nullable String watchNamespaces;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Directory of the local mirror. Default: /data/mirror.")
  private @Nullable String dataDirectory;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description =
          "Directory in which the encryption keys are handed to the sidecar, best one in memory."
              + " Default: in a pod /run/llmconfig where that is there, else none.")
  private @Nullable String runDirectory;

  @Option(
      names = "--home-namespace",
      paramLabel = "NAMESPACE",
      description =
          "Namespace of the installation's own Secret and lease. Default: that of the pod or of the"
              + " kubeconfig.")
  private @Nullable String homeNamespace;

  @Option(
      names = "--keyring-secret",
      paramLabel = "NAME",
      description =
          "Secret with the fingerprint key, and with the encryption keys where none are given."
              + " Default: llm-config-operator-keyring.")
  private @Nullable String keyringSecret;

  @Option(
      names = "--existing-keyring-secret",
      paramLabel = "NAME",
      description =
          "Secret with encryption keys that somebody else makes: it is waited for and only read. A"
              + " fingerprint key that is not in it is kept in the Secret of --keyring-secret."
              + " Default: none.")
  private @Nullable String existingKeyringSecret;

  @Option(
      names = "--create-keyring",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Whether encryption keys are made where there are none; false waits for them. Default:"
              + " true.")
  private @Nullable String createKeyring;

  @Option(
      names = "--review-account",
      paramLabel = "NAME",
      description =
          "ServiceAccount in the home namespace that may create subjectaccessreviews and nothing"
              + " else. Its tokens are handed to the sidecar in --run-dir, which asks with them"
              + " about people whom a proxy names. Default: none.")
  private @Nullable String reviewAccount;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "Address of /livez, /readyz and /metrics; port 0 takes a free one. Default:"
              + " 127.0.0.1:9090, in a pod 0.0.0.0:9090.")
  private @Nullable String listen;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description =
          "How many replicas of the operator there are, for those who read the mirror. Default: not"
              + " told.")
  private @Nullable String replicas;

  @Option(
      names = "--allow-unbound-tokens",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Whether encryptedKey may be a bare token, bound to no object. Default: false.")
  private @Nullable String allowUnboundTokens;

  @Option(
      names = "--require-endpoint-consent",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Whether a Secret must name, in its annotation llmconfig.dev/allowed-endpoints, every"
              + " endpoint but its provider's own that its key may go to. Default: true.")
  private @Nullable String requireEndpointConsent;

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

  OperatorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    var kubernetes = kubernetes();
    var environment = shell.environment();
    return switch (OperatorConfiguration.parse(
        GivenFlags.of(spec), environment, Surroundings.of(environment, kubernetes))) {
      case Validated.Invalid<OperatorConfiguration>(var problems) ->
          throw GivenFlags.refused(problems);
      case Validated.Valid<OperatorConfiguration>(var configuration) -> {
        Logging.configure(configuration.logFormat(), configuration.logLevel());
        try (var providers = ProviderConnection.open(shell)) {
          yield OperatorProcess.run(configuration, kubernetes, Asking.through(providers.prober()));
        }
      }
    };
  }

  private static Config kubernetes() {
    try {
      return new ConfigBuilder(Config.autoConfigure(null))
          .withUserAgent("llm-config-operator/" + Version.current())
          .build();
    } catch (RuntimeException _) {
      // What it says may hold a token of the file.
      throw Refusal.of(
          WRONG_CONFIGURATION,
          "The kubeconfig cannot be read; set KUBECONFIG to a file that `kubectl get nodes` works"
              + " with.");
    }
  }
}
