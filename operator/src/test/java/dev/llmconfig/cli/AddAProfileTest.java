package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Walks `docs/contributing/add-a-profile.md`: its file, its command and what it says is printed.
class AddAProfileTest {

  private static final Path FILE = Path.of("..", "docs", "contributing", "add-a-profile.md");

  @Test
  void itsFileAndItsCommandGiveWhatItShows(@TempDir Path folder) throws IOException {
    String document = Files.readString(FILE);
    Path profile = folder.resolve("acme.yaml");
    Files.writeString(profile, block(document, "yaml").getFirst());
    String command =
        block(document, "sh")
            .getFirst()
            .lines()
            .filter(line -> line.startsWith("bin/llmconfig "))
            .findFirst()
            .orElseThrow();
    String[] arguments =
        Stream.of(command.split(" "))
            .skip(1)
            .map(word -> word.equals("acme.yaml") ? profile.toString() : word)
            .toArray(String[]::new);

    Run run = Run.of("", arguments);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(block(document, "text").getFirst());
  }

  @Test
  void thePlacesThatItNamesExist() throws IOException {
    var places = Pattern.compile("`((?:operator|interop|docs)/[A-Za-z0-9_./-]+[A-Za-z0-9])[`/]");
    List<String> named =
        places.matcher(Files.readString(FILE)).results().map(found -> found.group(1)).toList();

    assertThat(named)
        .isNotEmpty()
        .filteredOn(place -> !place.contains("acme"))
        .allSatisfy(place -> assertThat(Path.of("..", place)).exists());
  }

  private static List<String> block(String document, String language) {
    return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(document)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
