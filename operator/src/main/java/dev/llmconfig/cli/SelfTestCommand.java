package dev.llmconfig.cli;

import dev.llmconfig.upkeep.SelfTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `llmconfig selftest`.
@Command(
    name = "selftest",
    description =
        "Proves that an installation works: makes a key of the built-in Echo and a model of it,"
            + " waits until both are Ready, and takes them away again. No provider is asked.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "You need create, get and delete on apikeyconfigs and modelconfigs in the namespace.",
      "Exit codes: 0 it works, 1 it does not, and a sentence says why, 2 wrong usage."
    })
final class SelfTestCommand implements Callable<Integer> {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final int LONGEST = 3600;

  private final Shell shell;
  private final Clusters clusters;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "A namespace that the operator watches. Default: that of the kubeconfig, or of the pod.")
  private @Nullable String namespace;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait until both are Ready, and until both are gone. Default: 60.")
  private int timeout = 60;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  SelfTestCommand(Shell shell, Clusters clusters) {
    this.shell = shell;
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    var problems = new ArrayList<String>();
    if (namespace != null && !NAMESPACE.matcher(namespace).matches()) {
      problems.add("--namespace must be the name of a namespace.");
    }
    if (timeout < 1 || timeout > LONGEST) {
      problems.add("--timeout must be a number of seconds from 1 to %d.".formatted(LONGEST));
    }
    if (!problems.isEmpty()) {
      throw Refusal.usage(problems);
    }
    var bytes = new byte[4];
    new SecureRandom().nextBytes(bytes);
    var name = "llmconfig-selftest-" + HexFormat.of().formatHex(bytes);
    return clusters.with(
        Optional.ofNullable(context),
        client -> {
          var where =
              namespace != null
                  ? namespace
                  : Objects.requireNonNullElse(client.getNamespace(), "default");
          new SelfTest(client, where, name, Duration.ofSeconds(timeout), this::tell).run();
          return 0;
        });
  }

  private void tell(String sentence) {
    shell.out().println(sentence);
    shell.out().flush();
  }
}
