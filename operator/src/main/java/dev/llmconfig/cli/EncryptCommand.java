package dev.llmconfig.cli;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Binding;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `llmconfig encrypt`.
@Command(
    name = "encrypt",
    description =
        "Encrypts a provider's key for one ApiKeyConfig and one endpoint, and prints the token for"
            + " its spec.encryptedKey.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The encryption key comes from ENCRYPTION_KEY or from the file that ENCRYPTION_KEY_FILE names:",
      "one Fernet key, or several separated by commas; the first one encrypts."
    })
final class EncryptCommand implements Callable<Integer> {

  /// What the API server takes in spec.encryptedKey.
  private static final int LONGEST_TOKEN = 8192;

  private final Shell shell;

  @Mixin private final Target target = new Target();
  @Mixin private final KeyInput input = new KeyInput();

  @Option(
      names = "--yaml",
      description = "Prints a whole ApiKeyConfig with the token in it; needs --provider.")
  private boolean yaml;

  @Option(
      names = "--unbound",
      description =
          "Encrypts just the key, bound to nothing. The operator takes such a token only with"
              + " --allow-unbound-tokens.")
  private boolean unbound;

  EncryptCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (yaml || !unbound) {
      target.needNamespace();
      target.needName();
    }
    if (yaml) {
      target.needProvider();
    }
    if (!unbound) {
      target.needDestination();
    }
    target.refuseProblems();
    try (KeyRing ring = Ring.fromEnvironment(shell);
        SecretBytes key = input.read(shell);
        SecretBytes plaintext = unbound ? key : envelope(key)) {
      print(ring.encrypt(plaintext, shell.clock().instant()));
    }
    return 0;
  }

  private SecretBytes envelope(SecretBytes key) {
    Binding binding =
        new Binding(
            target.namespace().orElseThrow(),
            target.name().orElseThrow(),
            target.destination().orElseThrow());
    return binding.envelope(Envelope.Purpose.Spec, key).toJson();
  }

  private void print(String token) {
    if (token.length() > LONGEST_TOKEN) {
      throw Refusal.negative(
          "The token would be longer than the %d characters that an ApiKeyConfig takes; put the key"
                  .formatted(LONGEST_TOKEN)
              + " into a Secret and use secretRef.");
    }
    if (unbound) {
      shell.warn(
          "the token is bound to nothing; the operator takes it only with --allow-unbound-tokens.");
    }
    if (yaml) {
      shell.out().print(Manifest.of(target, shell).encryptedKey(token).yaml());
      shell.out().flush();
    } else {
      shell.out().println(token);
    }
  }
}
