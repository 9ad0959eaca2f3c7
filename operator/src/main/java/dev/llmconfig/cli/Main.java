package dev.llmconfig.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point of `bin/llmconfig`: one jar, several commands.
@Command(
    name = "llmconfig",
    description = "Keeps the LLM settings of agents safe, verified and in Git.",
    mixinStandardHelpOptions = true)
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    // Until a command says otherwise: libraries must not talk into the output of a command.
    Logging.configure(Logging.Format.TEXT, Logging.Verbosity.WARN);
    Shell shell = Shell.ofProcess();
    int exitCode = commandLine(shell).execute(args);
    System.exit(shell.written() ? exitCode : Refusal.NEGATIVE);
  }

  static CommandLine commandLine(Shell shell) {
    return commandLine(shell, Clusters.OF_KUBECONFIG);
  }

  static CommandLine commandLine(Shell shell, Clusters clusters) {
    CommandLine main =
        new CommandLine(new Main())
            .addSubcommand(new OperatorCommand(shell))
            .addSubcommand(new SidecarCommand(shell))
            .addSubcommand(new StandaloneCommand(shell))
            .addSubcommand(new BackupCommand(shell))
            .addSubcommand(new KeygenCommand(shell))
            .addSubcommand(new EncryptCommand(shell))
            .addSubcommand(new SealCommand(shell))
            .addSubcommand(new DecryptCheckCommand(shell))
            .addSubcommand(new TestKeyCommand(shell))
            .addSubcommand(new ModelsCommand(shell))
            .addSubcommand(new EnvCommand(shell))
            .addSubcommand(new ProfilesCommand(shell))
            .addSubcommand(new PlanCommand(shell))
            .addSubcommand(KeyringCommand.line(shell, clusters))
            .addSubcommand(new ImportCommand(shell, clusters))
            .addSubcommand(new TokenCommand(shell, Clusters::config))
            .addSubcommand(new SelfTestCommand(shell, clusters))
            .addSubcommand(new UninstallCommand(shell, clusters))
            .addSubcommand(new VersionCommand(shell));
    version(main);
    return PlainErrors.on(main).setOut(shell.out()).setErr(shell.err()).setExpandAtFiles(false);
  }

  private static void version(CommandLine line) {
    line.getCommandSpec().version(VersionCommand.line());
    line.getSubcommands().values().forEach(Main::version);
  }
}
