package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class ReferenceTest {

  @Test
  void theDocumentHasEveryCommandWithEveryOption() {
    Reference.expect(
        "commands",
        commands().stream()
            .map(ReferenceTest::section)
            .collect(Collectors.joining("\n", "\n", "\n")));
  }

  /// One row where several commands say the same of it.
  @Test
  void theConfigurationHasEveryVariableOfAServer() {
    var rows = new TreeMap<String, Set<String>>();
    for (var command : commands()) {
      if (List.of("operator", "sidecar", "standalone").contains(command.name())) {
        for (var option : command.options()) {
          if (!option.usageHelp() && !option.versionHelp()) {
            rows.computeIfAbsent(variable(option), _ -> new TreeSet<>()).add(command.name());
          }
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(30);

    Reference.expect(
        Reference.page("configuration.md"),
        "variables",
        rows.entrySet().stream()
            .map(row ->
                row.getKey().formatted(row.getValue().stream().collect(Collectors.joining(", "))))
            .collect(
                Collectors.joining(
                    "", "\n| variable | option | of | what it is |\n|---|---|---|---|\n", "\n")));
  }

  @Test
  void theConfigurationHasEveryVariableWithoutAnOption() throws IOException {
    assertThat(Files.readString(Reference.page("configuration.md")))
        .contains(
            Stream.of(
                    GivenKeys.VARIABLE,
                    GivenKeys.FILE_VARIABLE,
                    StandaloneConfiguration.TOKEN,
                    StandaloneConfiguration.TOKEN_FILE)
                .map(name -> "`" + name + "`")
                .toList());
  }

  /// With a place for the names of the commands.
  private static String variable(OptionSpec option) {
    return "| `%s` | `%s %s` | %%s | %s |\n"
        .formatted(
            Settings.variable(option.longestName()),
            option.longestName(),
            Reference.cell(option.paramLabel()),
            Reference.cell(paragraph(option.description())).replace("%", "%%"));
  }

  @Test
  void noOptionTakesASecret() {
    for (CommandSpec command : commands()) {
      // What is named without an option is an id of ours, or a file.
      assertThat(command.positionalParameters())
          .as(command.qualifiedName())
          .hasSize(List.of("profiles", "backup", "import").contains(command.name()) ? 1 : 0);
      assertThat(command.options().stream().map(OptionSpec::longestName))
          .as(command.qualifiedName())
          .doesNotContain("--key", "--api-key", "--token", "--encryption-key", "--password");
    }
  }

  private static List<CommandSpec> commands() {
    return below(Main.commandLine(Shell.ofProcess())).map(CommandLine::getCommandSpec).toList();
  }

  /// Of a group, those that do something.
  private static Stream<CommandLine> below(CommandLine line) {
    return line.getSubcommands().values().stream()
        .distinct()
        .flatMap(one -> one.getSubcommands().isEmpty() ? Stream.of(one) : below(one));
  }

  private static String section(CommandSpec command) {
    StringBuilder text = new StringBuilder();
    text.append("### `").append(command.qualifiedName()).append("`\n\n");
    text.append(paragraph(command.usageMessage().description())).append("\n\n");
    text.append("| option | meaning |\n|---|---|\n");
    for (PositionalParamSpec named : command.positionalParameters()) {
      text.append("| `")
          .append(named.paramLabel())
          .append("` | ")
          .append(Reference.cell(paragraph(named.description())))
          .append(" |\n");
    }
    for (OptionSpec option : command.options()) {
      text.append("| `")
          .append(String.join("`, `", option.names()))
          .append(option.arity().max() == 0 ? "" : " " + Reference.cell(option.paramLabel()))
          .append("` | ")
          .append(Reference.cell(paragraph(option.description())))
          .append(" |\n");
    }
    String footer = paragraph(command.usageMessage().footer());
    return text.append(footer.isEmpty() ? "" : "\n" + footer + "\n").toString();
  }

  private static String paragraph(String[] lines) {
    return Arrays.stream(lines)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "))
        .strip();
  }
}
