package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.agent.Rendering.Refused;
import dev.llmconfig.agent.Rendering.Rendered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every built-in profile makes of every case, as it was reviewed. `-Dgolden.update=true`
/// writes the files anew; their diff is reviewed like code.
class GoldenProfilesTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/dev/llmconfig/agent/golden").toAbsolutePath();

  @TestFactory
  Stream<DynamicTest> rendersAsReviewed() {
    return versions()
        .map(profile -> DynamicTest.dynamicTest(profile.label(), () -> compare(profile)));
  }

  @Test
  void hasNoFixtureOfAProfileThatIsGone() throws IOException {
    Set<String> expected =
        versions().map(GoldenProfilesTest::fixture).collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static Stream<Profile> versions() {
    return BuiltInProfiles.load().stream();
  }

  private static String fixture(Profile profile) {
    return profile.label() + ".txt";
  }

  private static void compare(Profile profile) throws IOException {
    String now = text(profile);
    Path file = FOLDER.resolve(fixture(profile));
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, now, StandardCharsets.UTF_8);
    }
    assertThat(file)
        .as("a profile has a reviewed fixture; run with -Dgolden.update=true to write it")
        .exists();
    assertThat(now).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }

  static String text(Profile profile) {
    var text = new StringBuilder(profile.label()).append('\n');
    Cases.all()
        .forEach((name, settings) -> {
          text.append("\n## ").append(name).append('\n');
          switch (Renderer.render(profile, settings)) {
            case Refused(var reason, var sentence) ->
                text.append(reason).append(": ").append(sentence).append('\n');
            case Rendered rendered -> append(text, name, settings, rendered);
          }
        });
    return text.toString();
  }

  private static void append(
      StringBuilder text, String name, Settings settings, Rendered rendered) {
    rendered.entries().forEach(entry -> text.append(line(entry)).append('\n'));
    rendered
        .notCarried()
        .forEach(lost -> text.append("NotCarriedByProfile: ").append(lost.sentence()).append('\n'));
    rendered
        .notes()
        .forEach(
            note -> text.append(note.reason()).append(": ").append(note.sentence()).append('\n'));
    if (name.equals("OpenAI gpt-4.1-mini") || name.equals("Anthropic claude-sonnet-4-5")) {
      appendOtherModes(text, settings, rendered.entries());
    }
  }

  /// EnvFrom and File render the same list, so one case of each dialect shows their form.
  private static void appendOtherModes(StringBuilder text, Settings settings, List<Entry> entries) {
    text.append("### EnvFrom\n");
    EnvFromData.of(entries, "the key".getBytes(StandardCharsets.US_ASCII))
        .forEach((name, value) ->
            text.append(name)
                .append(" = ")
                .append(new String(value, StandardCharsets.US_ASCII))
                .append('\n'));
    text.append("### File llm.env\n")
        .append(AgentFiles.of(settings, entries, "/etc/llm").environment());
  }

  private static String line(Entry entry) {
    return switch (entry.value()) {
      case Entry.Literal(var value) -> entry.name() + " = " + value;
      case Entry.Key(var ref) -> entry.name() + " = <" + ref.secret() + " " + KeyRef.DATA_KEY + ">";
    };
  }
}
