package dev.llmconfig.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The image of this build, which a cluster would get. That two of them are one is in `DryRunIT`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class ImageIT {

  @TempDir private static Path folder;
  private BuiltImage image;

  @BeforeAll
  void build() throws IOException, InterruptedException {
    var tar = BuiltImage.tarOfThisBuild();
    image = BuiltImage.unpacked(tar, folder);
  }

  @Test
  void theTarIsUnder90Megabytes() throws IOException {
    assertThat(Files.size(image.tar())).isLessThan(90_000_000);
  }

  @Test
  void nobodyIsRootAndThereIsNoShell() throws IOException, InterruptedException {
    var files = image.files();

    assertThat(image.configuration().at("/config/User").asText()).isEqualTo("65532:65532");
    assertThat(files).allMatch(file -> file.contains(" 0/0 "), "are owned by root");
    assertThat(files).noneMatch(file -> file.matches("^[-d].{2}s.*|^[-d].{5}s.*"));
    assertThat(files)
        .filteredOn(file -> file.matches("^-..x.*"))
        .extracting(file -> file.substring(file.indexOf("./")))
        .allMatch(file -> file.matches("\\./(jre/(bin|lib)/.*|lib(64)?/.*)"))
        .noneMatch(file -> file.matches(".*/(sh|bash|busybox|env)$"));
    assertThat(files)
        .filteredOn(file -> file.matches("^[^l].{7}w.*"))
        .singleElement()
        .asString()
        .startsWith("drwxrwxrwt")
        .endsWith("./tmp/");
  }

  @Test
  void theLabelsSayWhatItIs() throws IOException {
    var labels = image.configuration().at("/config/Labels");

    for (var name : List.of("title", "version", "revision", "source", "licenses")) {
      assertThat(labels.path("org.opencontainers.image." + name).asText()).isNotEmpty();
    }
  }

  @Test
  void theLicencesOfWhatIsInItAreThere() {
    assertThat(image.root().resolve("licenses/LICENSE")).isNotEmptyFile();
    assertThat(image.root().resolve("licenses/libc6/copyright")).isNotEmptyFile();
    assertThat(image.root().resolve("licenses/page/licenses.json"))
        .content()
        .contains("preact", "MIT");
    assertThat(image.root().resolve("jre/legal/java.base")).isNotEmptyDirectory();
  }

  @Test
  void theOptionsOfEveryJvmAreThoseOfTheImage() throws IOException {
    var options = Files.readAllLines(image.root().resolve("app/jvm.options"));

    assertThat(options)
        .containsAll(Files.readAllLines(Path.of("..", "bin", "jvm.options")))
        .contains("-XX:-HeapDumpOnOutOfMemoryError")
        .noneMatch(option -> option.startsWith("-XX:+HeapDump"));
    assertThat(Files.readAllLines(image.root().resolve("app/server.options")))
        .containsAll(options)
        .containsAll(Files.readAllLines(Path.of("..", "bin", "server.options")));
  }

  /// Its start needs the web server, the library of SQLite and the crypto of the runtime.
  @Tag("node") // needs root
  @Test
  void runsAsAnyUserOnARootThatCannotBeWritten() throws IOException, InterruptedException {
    var user = ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
    var said = folder.resolve("said");
    var warned = folder.resolve("warned");
    var running =
        image
            .confined(
                user, folder, "standalone", "--data-dir", "/data/store", "--listen", "127.0.0.1:0")
            .redirectOutput(said.toFile())
            .redirectError(warned.toFile())
            .start();
    try {
      await("the address in " + warned)
          .atMost(Duration.ofMinutes(2))
          .until(() -> Files.readString(said).contains("#login="));
      var line = Files.readString(said).lines().filter(l -> l.contains("#login=")).findFirst();
      var address = URI.create(line.orElseThrow().strip());

      assertThat(health(address)).contains("\"status\":\"healthy\"");
      assertThat(Files.readString(warned))
          .contains("back this file up")
          .doesNotContain("WARNING:")
          .doesNotContain("Unsafe")
          .doesNotContain("native");
      try (var files = Files.walk(folder.resolve("tmp"))) {
        assertThat(files)
            .as("nothing is unpacked")
            .noneMatch(file -> file.toString().contains(".so"));
      }
    } finally {
      running.descendants().forEach(ProcessHandle::destroy);
      assertThat(running.waitFor(30, TimeUnit.SECONDS)).as("it ends when it is told to").isTrue();
    }
  }

  @Tag("node")
  @Test
  void theArgumentIsTheCommand() throws IOException, InterruptedException {
    var version = image.confined(65_532, folder, "version").start();

    assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("llmconfig ");
    assertThat(version.waitFor()).isZero();
  }

  private static String health(URI address) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address.resolve("/api/health")).GET().build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }
}
