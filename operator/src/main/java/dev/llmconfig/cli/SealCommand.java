package dev.llmconfig.cli;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.crypto.SealedBox;
import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.crypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `llmconfig seal`.
@Command(
    name = "seal",
    description =
        "Seals a provider's key with the certificate of the sealed-secrets controller, and prints"
            + " the data for spec.sealedKey.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The key is sealed for the Secret `<name>-sealed`, which the controller makes beside the",
      "ApiKeyConfig. `kubeseal --fetch-cert` prints the certificate."
    })
final class SealCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private final Target target = new Target();
  @Mixin private final KeyInput input = new KeyInput();

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Needed: the certificate of the sealed-secrets controller, in PEM.")
  private @Nullable String certificate;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "What the sealed key is bound to: Strict (name and namespace), NamespaceWide or"
              + " ClusterWide. Default: Strict.")
  private @Nullable String scope;

  @Option(
      names = "--yaml",
      description = "Prints a whole ApiKeyConfig with the sealed key in it; needs --provider.")
  private boolean yaml;

  SealCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    SealingScope chosen = scope();
    if (certificate == null) {
      target.problem("--cert is needed; `kubeseal --fetch-cert` prints the certificate.");
    }
    if (yaml || chosen != SealingScope.ClusterWide) {
      target.needNamespace();
    }
    if (yaml || chosen == SealingScope.Strict) {
      target.needName();
    }
    if (yaml) {
      target.needProvider();
    }
    target.refuseProblems();
    SealedBox box = box();
    try (SecretBytes key = input.read(shell)) {
      String secret = ManagedNames.unsealedSecret(target.name().orElse(""));
      print(box.seal(key, chosen, target.namespace().orElse(""), secret), chosen);
    }
    return 0;
  }

  private SealingScope scope() {
    return scope == null
        ? SealingScope.Strict
        : Choices.read("--scope", SealingScope.class, scope, target::problem)
            .orElse(SealingScope.Strict);
  }

  private SealedBox box() {
    byte[] pem;
    try {
      pem = Files.readAllBytes(Path.of(String.valueOf(certificate)));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw Refusal.usage("The file of --cert cannot be read; correct the path.");
    }
    return switch (SealingCertificate.read(pem, shell.clock().instant())) {
      case SealingCertificate.Read.Usable(SealedBox box) -> box;
      case SealingCertificate.Read.Refused(String why) ->
          throw Refusal.negative("The certificate " + why + ".");
    };
  }

  private void print(String sealed, SealingScope chosen) {
    if (yaml) {
      shell.out().print(Manifest.of(target, shell).sealedKey(sealed, chosen.name()).yaml());
      shell.out().flush();
    } else {
      shell.out().println(sealed);
    }
  }
}
