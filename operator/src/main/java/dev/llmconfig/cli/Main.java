package dev.llmconfig.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point of `bin/llmconfig`: one jar, several commands.
@Command(
    name = "llmconfig",
    description = "Keeps the LLM settings of agents safe, verified and in Git.",
    mixinStandardHelpOptions = true,
    subcommands = {OperatorCommand.class})
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    // Until a command says otherwise: libraries must not talk into the output of a command.
    Logging.configure(Logging.Format.TEXT, Logging.Verbosity.WARN);
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
