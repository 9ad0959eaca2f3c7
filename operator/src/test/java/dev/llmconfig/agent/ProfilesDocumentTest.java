package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/profiles.md`, whose table is made from the profiles. `-Ddocs.update=true`
/// rewrites it.
class ProfilesDocumentTest {

  private static final Path FILE = Path.of("..", "docs", "reference", "profiles.md");
  private static final String START = "<!-- generated: profiles -->\n";
  private static final String END = "<!-- /generated -->";

  @Test
  void hasARowForEveryProfile() throws IOException {
    String document = Files.readString(FILE);
    int from = document.indexOf(START) + START.length();
    int to = document.indexOf(END, from);
    String current = document.substring(0, from) + rows() + document.substring(to);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(FILE, current);
    }
    assertThat(Files.readString(FILE))
        .as("%s (-Ddocs.update=true rewrites it)", FILE)
        .isEqualTo(current);
  }

  private static String rows() {
    String head =
        """

        | profile | for | speaks | variables | checked with | looked up in |
        |---|---|---|---|---|---|
        """;
    return head
        + Profiles.builtIn().all().stream()
            .map(ProfilesDocumentTest::row)
            .collect(Collectors.joining())
        + "\n";
  }

  private static String row(Profile profile) {
    Profile.Speech speech = profile.speech();
    String modes =
        Stream.of(ProfileMode.values())
            .filter(speech.modes()::contains)
            .map(Enum::name)
            .collect(Collectors.joining(", "));
    String variables =
        profile.variables().stream()
            .map(ProfilesDocumentTest::variable)
            .collect(Collectors.joining("<br>"));
    return cells(
        "`" + profile.label() + "`",
        profile.about().title(),
        "%s, %s (%s)".formatted(speech.dialect(), speech.surface(), modes),
        variables,
        profile.about().checked(),
        String.join("<br>", profile.about().sources()));
  }

  private static String variable(Profile.Variable variable) {
    String when = variable.when().isEmpty() ? "" : " (" + variable.when() + ")";
    return "`%s` %s%s".formatted(variable.name(), variable.from(), when);
  }

  private static String cells(String... cells) {
    return List.of(cells).stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
