package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that makes the packed file, on small sources in which each trap of the real ones
/// occurs once. `make interop` runs it on the real ones.
class UpdateScriptTest {

  private static final Path SCRIPTS = Path.of("../hack/catalogue");
  private static final Path FIXTURE = Path.of("src/test/resources/dev/llmconfig/catalogue/sources");

  /// Compiled once: the script itself runs from source, which takes seconds each time.
  @TempDir static Path classes;

  @TempDir Path directory;

  private Path sources;
  private Path catalogue;

  private record Run(int exit, String output, String errors) {}

  @BeforeAll
  static void compile() {
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-d",
                classes.toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "--source-path",
                SCRIPTS.toString(),
                SCRIPTS.resolve("Update.java").toString());
    assertThat(result).isZero();
  }

  @BeforeEach
  void copyTheFixture() throws IOException {
    sources = directory.resolve("sources");
    catalogue = directory.resolve("models.tsv");
    try (var files = Files.walk(FIXTURE)) {
      files.forEach(this::copy);
    }
  }

  @Test
  void makesTheSameBytesEachTimeAndReportsWhatChanged() throws Exception {
    var first = run();
    String expected = Files.readString(FIXTURE.resolve("expected-models.tsv"));

    assertThat(first.errors()).isEmpty();
    assertThat(Files.readString(catalogue)).isEqualTo(expected);
    assertThat(first.output())
        .contains("- models: 18\n", "- models of Bedrock: 4\n", "## added (18)\n")
        .contains("- skipped, max_input_tokens is not a number: 1 (gpt-prose)\n");

    Files.writeString(
        catalogue,
        expected
            .replace("\t128000\t0.25\t", "\t64000\t0.5\t")
            .replace("2026-12-11", "2027-12-11")
            .replace("Google/gemini-2.5-flash", "Google/gemini-old"));
    var second = run();

    assertThat(Files.readString(catalogue)).isEqualTo(expected);
    assertThat(second.output())
        .contains("## added (1)\n- Google/gemini-2.5-flash\n")
        .contains("## removed (1)\n- Google/gemini-old\n")
        .contains("## changed maxOutputTokens (1)\n- OpenAI/gpt-5-mini: 64000 -> 128000\n")
        .contains("## changed inputUsdPerMillion (1)\n- OpenAI/gpt-5-mini: 0.5 -> 0.25\n")
        .contains("## changed retiresOn (1)\n- OpenAI/gpt-5-mini: 2027-12-11 -> 2026-12-11\n");
  }

  @Test
  void checksWithoutWriting() throws Exception {
    String expected = Files.readString(FIXTURE.resolve("expected-models.tsv"));
    Files.writeString(catalogue, expected);
    var same = run("--check");

    Files.writeString(catalogue, expected.replace("\t128000\t", "\t64000\t"));
    var different = run("--check");

    assertThat(same.exit()).isZero();
    assertThat(same.output()).contains("Nothing changed.");
    assertThat(different.exit()).isEqualTo(1);
    assertThat(different.errors())
        .isEqualTo(
            "The committed catalogue is not what its sources make: run hack/catalogue/update and"
                + " commit.\n");
    assertThat(Files.readString(catalogue)).contains("\t64000\t");
  }

  @Test
  void doesNotDependOnTheOrderOfItsSource() throws Exception {
    var json = JsonMapper.builder().build();
    var entries = (ObjectNode) json.readTree(sources.resolve("litellm.json").toFile());
    var fields = new ArrayList<>(entries.properties());
    Collections.reverse(fields);
    entries.removeAll();
    fields.forEach(field -> entries.set(field.getKey(), field.getValue()));
    json.writeValue(sources.resolve("litellm.json").toFile(), entries);
    pin("litellm.sha256", sources.resolve("litellm.json"));

    run();

    assertThat(models(catalogue)).isEqualTo(models(FIXTURE.resolve("expected-models.tsv")));
  }

  @Test
  void refusesASourceThatIsNotTheOnePinned() throws Exception {
    Files.writeString(sources.resolve("litellm.json"), "{}");

    var run = run();

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errors()).startsWith("litellm.json has SHA-256 44136fa3");
    assertThat(catalogue).doesNotExist();
  }

  @Test
  void theProductReadsWhatTheScriptWrites() throws Exception {
    try (var text = Files.newBufferedReader(FIXTURE.resolve("expected-models.tsv"))) {
      var read = CatalogueReader.read(text);

      assertThat(read.find(Provider.OpenAI, "gpt-5-mini").entry().orElseThrow().facts().toString())
          .contains("9.9.9", "GPT-5 Mini");
    }
  }

  /// The committed file and the pins beside the script are changed together.
  @Test
  void theCommittedFileIsMadeOfThePinnedSources() throws Exception {
    var pins = new Properties();
    try (var in = Files.newBufferedReader(SCRIPTS.resolve("sources.properties"))) {
      pins.load(in);
    }
    var packed =
        Files.readString(
            Path.of("src/main/resources/dev/llmconfig/catalogue/models.tsv"),
            StandardCharsets.UTF_8);

    for (String source : List.of("litellm", "tokenlens")) {
      assertThat(packed)
          .contains(
              "#source\t%s\t%s\t%s\t%s\n"
                  .formatted(
                      source,
                      pins.getProperty(source + ".version"),
                      pins.getProperty(source + ".asOf"),
                      pins.getProperty(source + ".sha256")));
    }
    assertThat(packed.lines().filter(line -> !line.startsWith("#")).toList()).isSorted();
    assertThat(Files.readString(SCRIPTS.resolve("requirements.txt")))
        .startsWith("litellm==" + pins.getProperty("litellm.version") + " ");
  }

  /// Shipped in the jar, as both licences ask (traps E13).
  @Test
  void theLicencesOfTheSourcesAreShipped() throws Exception {
    try (var notice = Catalogue.class.getResourceAsStream("LICENCES.txt")) {
      assertThat(notice).isNotNull();
      assertThat(new String(notice.readAllBytes(), StandardCharsets.UTF_8))
          .contains("2023 Berri AI", "Nicklas Scharpff", "models.dev", "MIT License");
    }
  }

  private static List<String> models(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private void pin(String name, Path file) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    var pins = sources.resolve("sources.properties");
    Files.writeString(
        pins,
        Files.readString(pins)
            .replaceAll(name + "=.*", name + "=" + HexFormat.of().formatHex(digest)));
  }

  private Run run(String... options) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--class-path");
    command.add(classes + File.pathSeparator + System.getProperty("java.class.path"));
    command.addAll(List.of("Update", sources.toString(), catalogue.toString()));
    command.addAll(List.of(options));
    var output = directory.resolve("output");
    var errors = directory.resolve("errors");
    var process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    int exit = process.waitFor();
    return new Run(exit, Files.readString(output), Files.readString(errors));
  }

  private void copy(Path file) {
    try {
      Files.copy(file, sources.resolve(FIXTURE.relativize(file).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
