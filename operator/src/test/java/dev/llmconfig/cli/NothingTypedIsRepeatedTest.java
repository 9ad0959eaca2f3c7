package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/// A key that was typed in the wrong place is refused, and stays out of terminals and CI logs.
class NothingTypedIsRepeatedTest {

  private static final String KEY = "sk-proj-CanaryCanaryCanary0123456789";

  @TestFactory
  Stream<DynamicTest> wherever() {
    return Main.commandLine(Shell.ofProcess()).getSubcommands().entrySet().stream()
        .flatMap(entry -> misplacings(entry.getKey(), entry.getValue()).stream())
        .map(arguments ->
            DynamicTest.dynamicTest(
                String.join(" ", arguments), () -> refusesWithoutRepeating(arguments)));
  }

  /// As an argument, as an option, joined to one, as an argument file, and as each option's value
  /// together with something unknown, so that no command gets to run.
  private static List<List<String>> misplacings(String name, CommandLine command) {
    List<List<String>> all = new ArrayList<>();
    for (String typed :
        List.of(KEY, "-" + KEY, "--" + KEY, "--" + KEY + "=x", "--key=" + KEY, "@" + KEY)) {
      all.add(List.of(name, typed));
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        all.add(List.of(name, option.longestName() + "=" + KEY, "unknown"));
        all.add(List.of(name, option.longestName() + "=a", option.longestName() + "=" + KEY));
      }
    }
    return all;
  }

  private static void refusesWithoutRepeating(List<String> arguments) {
    Run run = Run.of("", arguments.toArray(String[]::new));

    assertThat(run.exitCode())
        .isEqualTo(
            switch (arguments.getFirst()) {
              case "plan" -> 1; // to which 2 says that something would change
              case "standalone" -> 64; // what a service manager knows as wrong usage
              default -> 2;
            });
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).doesNotContain("Canary");
  }

  @Test
  void notEvenAsACommand() {
    for (String typed : List.of(KEY, "--" + KEY, "@" + KEY)) {
      refusesWithoutRepeating(List.of(typed));
    }
  }

  @Test
  void norAsTheValueOfAnOptionThatIsRead() {
    for (String option : List.of("--namespace", "--name", "--provider", "--endpoint")) {
      Run run = Run.of("sk-1", "encrypt", option, KEY);

      assertThat(run.exitCode()).as(option).isEqualTo(2);
      assertThat(run.err()).as(option).contains(option + " must be").doesNotContain("Canary");
    }
    Run run = Run.of("sk-1", "seal", "--cert", KEY, "--scope", KEY, "--key-file", KEY);
    assertThat(run.err()).contains("--scope must be").doesNotContain("Canary");
  }

  @Test
  void andABugTellsItsPlaceButNotItsMessage() {
    Run run = failing(new IllegalStateException("cannot handle " + KEY));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("IllegalStateException at dev.llmconfig.cli.NothingTypedIsRepeatedTest")
        .doesNotContain("Canary");
  }

  private static Run failing(RuntimeException bug) {
    @Command(name = "bug")
    class Bug implements Runnable {
      @Override
      public void run() {
        throw bug;
      }
    }
    StringWriter err = new StringWriter();
    int exitCode =
        PlainErrors.on(new CommandLine(new Bug())).setErr(new PrintWriter(err, true)).execute();
    return new Run(exitCode, "", err.toString());
  }
}
