package dev.llmconfig.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `llmconfig keyring`.
@Command(
    name = "keyring",
    description =
        "Works on the encryption keys of an installation, from anywhere that kubectl works.",
    mixinStandardHelpOptions = true)
final class KeyringCommand {

  private KeyringCommand() {}

  static CommandLine line(Shell shell, Clusters clusters) {
    return new CommandLine(new KeyringCommand())
        .addSubcommand(new KeyringAddCommand(shell, clusters))
        .addSubcommand(new KeyringStatusCommand(shell, clusters))
        .addSubcommand(new KeyringDropOldestCommand(shell, clusters))
        .addSubcommand(new KeyringInitCommand(shell, clusters));
  }
}
