package dev.llmconfig.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// One sentence for whatever goes wrong. Picocli's own texts repeat the arguments, and an argument
/// that does not fit is all too often a key, so nothing that was typed is repeated here.
final class PlainErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private static final int ALIKE = 3;

  private PlainErrors() {}

  static CommandLine on(CommandLine line) {
    PlainErrors errors = new PlainErrors();
    return line.setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors);
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(sentence(wrong, name) + " `" + name + " --help` lists what it takes.");
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String sentence(ParameterException wrong, String name) {
    return switch (wrong) {
      case UnmatchedArgumentException unmatched ->
          "`%s` was given an argument that it does not know%s; keys and tokens are read from files or standard input, never from an argument."
              .formatted(name, suggestion(unmatched));
      case MissingParameterException missing ->
          "`%s` lacks %s.".formatted(name, names(missing.getMissing()));
      case OverwrittenOptionException twice ->
          "`%s` was given %s more than once."
              .formatted(name, names(List.of(twice.getOverwritten())));
      case ParameterException other when other.getArgSpec() != null ->
          "`%s` cannot read the value of %s.".formatted(name, names(List.of(other.getArgSpec())));
      case ParameterException _ when !wrong.getCommandLine().getSubcommands().isEmpty() ->
          "`%s` needs a command.".formatted(name);
      case ParameterException _ -> "`%s` cannot be run like this.".formatted(name);
    };
  }

  /// A suggestion is a name of ours, never what was typed; and only one that begins alike, because
  /// picocli finds some likeness to everything.
  private static String suggestion(UnmatchedArgumentException unmatched) {
    String typed = bare(unmatched.getUnmatched().getFirst());
    return unmatched.getSuggestions().stream()
        .filter(ours -> typed.regionMatches(0, bare(ours), 0, ALIKE))
        .findFirst()
        .map(ours -> " (is " + ours + " meant?)")
        .orElse("");
  }

  private static String bare(String option) {
    return option.replaceFirst("^-+", "");
  }

  private static String names(List<ArgSpec> arguments) {
    return arguments.stream()
        .map(argument ->
            argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel())
        .collect(Collectors.joining(", "));
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof Refusal refusal) {
      command.getErr().println(refusal.sentences());
      command.getErr().flush();
      return refusal.exitCode();
    }
    // A bug, or a broken machine. Its message may hold what was being worked on, so it is not said.
    StackTraceElement[] trace = failure.getStackTrace();
    command
        .getErr()
        .println(
            "`%s` failed unexpectedly (%s at %s); please report this with the version."
                .formatted(
                    command.getCommandSpec().qualifiedName(),
                    failure.getClass().getSimpleName(),
                    trace.length == 0 ? "an unknown place" : trace[0]));
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
