package dev.llmconfig.cli;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.ProfileMode;
import dev.llmconfig.agent.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `llmconfig profiles`.
@Command(
    name = "profiles",
    description =
        "Lists the agent profiles, or shows the one that is named: which variables a framework"
            + " reads, and where that was looked up.",
    mixinStandardHelpOptions = true,
    footer = {"", "With -o yaml it prints the file, to start a profile of your own from."})
final class ProfilesCommand implements Callable<Integer> {

  private final Shell shell;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Id of a profile, such as openai or openai@1.")
  private @Nullable String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or yaml (default: table).")
  private String output = "table";

  @Mixin private final ProfileChoice choice = new ProfileChoice();

  ProfilesCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (!output.equals("table") && !output.equals("yaml")) {
      throw Refusal.usage("--output must be one of table, yaml.");
    }
    Profiles profiles = choice.profiles();
    List<Profile> shown =
        name == null ? profiles.all() : List.of(ProfileChoice.find(profiles, name));
    if (output.equals("yaml")) {
      shell.out().print(shown.stream().map(Profile::text).collect(Collectors.joining("---\n")));
    } else if (name == null) {
      shell.out().print(TextTable.of(rows(shown)));
    } else {
      shell.out().print(details(shown.getFirst()));
    }
    shell.out().flush();
    return 0;
  }

  private static List<List<String>> rows(List<Profile> profiles) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("PROFILE", "DIALECT", "SURFACE", "MODES", "FOR"));
    for (Profile profile : profiles) {
      rows.add(
          List.of(
              profile.label(),
              profile.speech().dialect().name(),
              profile.speech().surface().name(),
              modes(profile),
              profile.about().title()));
    }
    return rows;
  }

  private static String modes(Profile profile) {
    return Stream.of(ProfileMode.values())
        .filter(profile.speech().modes()::contains)
        .map(Enum::name)
        .collect(Collectors.joining(","));
  }

  private static String details(Profile profile) {
    var text = new StringBuilder();
    text.append(
        TextTable.of(
            List.of(
                List.of("Profile:", profile.label()),
                List.of("For:", profile.about().title()),
                List.of("Speaks:", profile.speech().dialect() + ", " + profile.speech().surface()),
                List.of("Modes:", modes(profile)),
                List.of("Checked with:", profile.about().checked()))));
    text.append('\n');
    var variables = new ArrayList<List<String>>();
    variables.add(List.of("VARIABLE", "FROM", "WHEN"));
    profile.variables().forEach(one -> variables.add(List.of(one.name(), one.from(), one.when())));
    text.append(TextTable.of(variables));
    section(text, "Notes", profile.about().notes());
    section(text, "Sources", profile.about().sources());
    section(text, "Shadowed by", profile.shadowedBy().stream().sorted().toList());
    return text.toString();
  }

  private static void section(StringBuilder text, String title, List<String> items) {
    if (!items.isEmpty()) {
      text.append('\n').append(title).append(":\n");
      items.forEach(item -> text.append("- ").append(item).append('\n'));
    }
  }
}
