package dev.llmconfig.cli;

import dev.llmconfig.upkeep.SignIn;
import io.fabric8.kubernetes.client.Config;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `llmconfig token`.
@Command(
    name = "token",
    description =
        "Prints the token that the kubeconfig would send, for the login page: that of its exec"
            + " plugin, its OIDC login, or the one in it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Whoever has the token is you: give it to the login page and to nobody else."})
final class TokenCommand implements Callable<Integer> {

  private final Shell shell;
  private final Function<Optional<String>, Config> kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  TokenCommand(Shell shell, Function<Optional<String>, Config> kubeconfig) {
    this.shell = shell;
    this.kubeconfig = kubeconfig;
  }

  @Override
  public Integer call() {
    var config = kubeconfig.apply(Optional.ofNullable(context));
    var make =
        "make one for an account that exists: kubectl create token NAME -n NAMESPACE"
            + " --duration=8h.";
    switch (SignIn.of(config)) {
      case SignIn.Token(var value) -> shell.out().println(value);
      case SignIn.Certificate() ->
          throw Refusal.negative(
              "The kubeconfig signs in with a client certificate, which is no token; " + make);
      case SignIn.Password() ->
          throw Refusal.negative(
              "The kubeconfig signs in with a password, which is no token; " + make);
      case SignIn.Nothing() ->
          throw Refusal.negative(
              "The kubeconfig has no token, or its plugin gave none; see that `kubectl auth whoami`"
                  + " works, or "
                  + make);
    }
    return 0;
  }
}
