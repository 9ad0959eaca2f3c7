package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The scenarios of the page, played by Node in one real browser; what a scenario asks for is
/// answered here.
final class Scenarios implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path PAGE = Path.of("src/main/webui");

  /// Where pictures go.
  static final Path PICTURES = Path.of("target/playground");

  /// What a scenario plays on.
  interface Stage {

    /// Does what a scenario asks for.
    ///
    /// @param question such as `start`
    /// @param with what belongs to the question
    Object answer(String question, JsonNode with) throws Exception;
  }

  private final Process node;
  private final BufferedReader lines;
  private final Writer out;
  private final JsonNode names;

  private Scenarios(Process node) throws IOException {
    this.node = node;
    this.lines = node.inputReader(StandardCharsets.UTF_8);
    this.out = node.outputWriter(StandardCharsets.UTF_8);
    this.names = next().path("scenarios");
  }

  /// @param folder of the scenarios
  static Scenarios of(String folder) throws IOException, InterruptedException {
    assertThat(PAGE.resolve("node_modules/playwright-core"))
        .as("the packages of the page, which bin/webui installs")
        .exists();
    var builder =
        new ProcessBuilder("node", "test/browser/run.mjs", folder)
            .directory(PAGE.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "CHROMIUM",
                browser(),
                "PLAYGROUND_OUT",
                Files.createDirectories(PICTURES).toAbsolutePath().toString()));
    return new Scenarios(builder.start());
  }

  private static String browser() throws IOException, InterruptedException {
    var process = new ProcessBuilder("../cluster/chromium").start();
    var path = text(process.getInputStream());
    var why = text(process.getErrorStream());
    assertThat(process.waitFor()).as(why).isZero();
    return path;
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  int count() {
    return names.size();
  }

  /// Each a test of its own.
  Stream<DynamicTest> on(Stage stage) {
    assertThat(names).isNotEmpty();
    return names
        .valueStream()
        .map(JsonNode::asText)
        .map(name -> DynamicTest.dynamicTest(name, () -> play(name, stage)));
  }

  private void play(String name, Stage stage) throws Exception {
    tell("play", name);
    while (true) {
      var said = next();
      if (said.has("done")) {
        return;
      }
      if (said.has("failed")) {
        throw new AssertionError(said.path("failed").asText());
      }
      try {
        tell("answer", stage.answer(said.path("ask").asText(), said.path("with")));
      } catch (Exception | AssertionError failure) {
        tell("refused", String.valueOf(failure));
      }
    }
  }

  private JsonNode next() throws IOException {
    var line = lines.readLine();
    if (line == null) {
      throw new AssertionError("the process with the browser has ended; it says why above");
    }
    return JSON.readTree(line);
  }

  private void tell(String what, Object value) throws IOException {
    out.write(JSON.writeValueAsString(Map.of(what, value)));
    out.write('\n');
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
    try {
      if (node.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    node.descendants().forEach(ProcessHandle::destroyForcibly);
    node.destroyForcibly();
  }
}
