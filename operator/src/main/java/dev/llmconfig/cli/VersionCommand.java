package dev.llmconfig.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `llmconfig version`.
@Command(
    name = "version",
    description = "Prints the version of this program and of the Java that runs it.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

  private final Shell shell;

  VersionCommand(Shell shell) {
    this.shell = shell;
  }

  static String line() {
    return "llmconfig %s (Java %s)".formatted(Version.current(), Runtime.version());
  }

  @Override
  public Integer call() {
    shell.out().println(line());
    return 0;
  }
}
