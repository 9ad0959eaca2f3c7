package dev.llmconfig.cli;

import dev.llmconfig.domain.Validated;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `llmconfig standalone`. Every option is a text here: what is wrong with all of them is told at
/// once.
@Command(
    name = "standalone",
    description =
        "Serves the same API without a cluster: keys and models are kept in a directory of this"
            + " machine, verified by the same rules.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = StandaloneCommand.WRONG_USAGE,
    footer = {
      "",
      "Each option can be given as a variable: --data-dir is LLMCONFIG_DATA_DIR.",
      "ENCRYPTION_KEY, or the file that ENCRYPTION_KEY_FILE names, holds the key that encrypts, or",
      "several, of which the first encrypts; without one a key is kept in the data directory.",
      "LLMCONFIG_TOKEN, or the file that LLMCONFIG_TOKEN_FILE names, is a Bearer token for scripts.",
      "",
      "Exit codes: 0 ended as asked, 64 wrong usage, 73 the data directory cannot be used, 78 wrong",
      "configuration."
    })
@SuppressWarnings(
    "UnusedVariable") // picocli reads the options by their names, through the command's model
final class StandaloneCommand implements Callable<Integer> {

  static final int WRONG_USAGE = 64;

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Directory of this server alone, made if it is not there: the keys, encrypted, and all"
              + " else. Required.")
  private @Nullable String dataDirectory;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Address; port 0 takes a free one. Default: 127.0.0.1:8080.")
  private @Nullable String listen;

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
      names = "--trusted-proxies",
      paramLabel = "NETWORK,…",
      description =
          "Addresses of the proxies that end https for it; people may then sign in through them.")
  private @Nullable String trustedProxies;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "File from which the keys of OpenAI, Anthropic and Google are taken over, once. Default:"
              + " .env.")
  private @Nullable String envFile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "File whose llm.default_model is taken over, once. Default: configs/default.yaml.")
  private @Nullable String config;

  @Option(
      names = "--manifests",
      paramLabel = "DIR",
      description =
          "Directory with manifests of agents, which are read again when they change and never"
              + " written: each is listed with what it would be given.")
  private @Nullable String manifests;

  @Option(
      names = "--no-key-file",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Takes the encryption key from the environment or not at all. Default: false.")
  private @Nullable String noKeyFile;

  @Option(
      names = "--no-env",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Looks for keys neither in a .env file nor in the environment. Default: false.")
  private @Nullable String noEnv;

  @Option(
      names = "--forget-unreadable-keys",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Starts with an encryption key that does not open what is stored; those keys have to be"
              + " entered again. Default: false.")
  private @Nullable String forgetUnreadableKeys;

  @Option(names = "--log-format", paramLabel = "text|json", description = "Default: text.")
  private @Nullable String logFormat;

  @Option(
      names = "--log-level",
      paramLabel = "error|warn|info|debug",
      description = "Default: info.")
  private @Nullable String logLevel;

  StandaloneCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    return switch (StandaloneConfiguration.parse(GivenFlags.of(spec), shell.environment())) {
      case Validated.Invalid<StandaloneConfiguration>(var problems) ->
          throw GivenFlags.refused(problems);
      case Validated.Valid<StandaloneConfiguration>(var configuration) -> {
        Logging.configure(configuration.logFormat(), configuration.logLevel());
        yield StandaloneProcess.run(configuration, shell);
      }
    };
  }
}
