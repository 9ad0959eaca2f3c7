package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the files of the page are served; what they are here is a played page.
@SuppressWarnings("NullAway.Init") // set before each test
class PlaygroundTest {

  private static final String SCRIPT = "/assets/app-Ab12Cd34.js";

  private static final Map<String, String> SAFE =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; form-action 'self'; base-uri 'self';"
              + " frame-ancestors 'none'; require-trusted-types-for 'script';"
              + " trusted-types dompurify",
          "X-Frame-Options",
          "DENY",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void thePageNeedsNobodyAndIsAlwaysAskedForAgain() {
    var page = stage.send("GET", "/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(page.header("Set-Cookie")).isEmpty();
    assertThat(page.header("ETag")).matches("\"[0-9a-f]{16}\"");
  }

  @Test
  void theServerWritesTheBaseIntoThePageAndNothingElse() throws Exception {
    String built;
    try (var in = getClass().getResourceAsStream("/webui-played/index.html")) {
      built = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(stage.send("GET", "/").body())
        .as("whatever a proxy takes away in front of it")
        .isEqualTo(built.replace("<head>", "<head><base href=\"./\">"));
    stage.close();
    stage = new RestStage(directory.resolve("other"), "/llm/");
    assertThat(stage.send("GET", "/llm/").body())
        .isEqualTo(built.replace("<head>", "<head><base href=\"/llm/\">"));
  }

  @Test
  void belowABasePathNothingIsAnywhereElse() {
    stage.close();
    stage = new RestStage(directory.resolve("other"), "/llm/");

    assertThat(stage.send("GET", "/llm" + SCRIPT).status()).isEqualTo(200);
    assertThat(stage.send("GET", "/").status()).isEqualTo(404);
    assertThat(stage.send("GET", SCRIPT).status()).isEqualTo(404);
    var home = stage.send("GET", "/llm");
    assertThat(home.status()).as("who forgets the slash").isEqualTo(308);
    assertThat(home.header("Location")).isEqualTo("/llm/");
    assertThat(stage.send("GET", "/llmx").status()).isEqualTo(404);
  }

  @Test
  void anAssetHasItsContentInItsNameAndIsKeptForEver() {
    for (var asset : List.of(SCRIPT, "/assets/app-Ab12Cd34.css")) {
      assertThat(stage.send("GET", asset).header("Cache-Control"))
          .as(asset)
          .isEqualTo("public, max-age=31536000, immutable");
    }
    assertThat(stage.send("GET", "/mark.svg").header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void everyFileSaysWhatItIs() {
    assertThat(stage.send("GET", SCRIPT).header("Content-Type"))
        .isEqualTo("text/javascript; charset=utf-8");
    assertThat(stage.send("GET", "/assets/app-Ab12Cd34.css").header("Content-Type"))
        .isEqualTo("text/css; charset=utf-8");
    assertThat(stage.send("GET", "/mark.svg").header("Content-Type")).isEqualTo("image/svg+xml");
    assertThatThrownBy(() -> Page.file("assets/app.exe", new byte[0], Optional.empty()))
        .hasMessageContaining("assets/app.exe");
  }

  @Test
  void theBytesThatTheBuildHasPackedGoToThoseWhoCanUnpackThem() throws Exception {
    var plain = stage.send("GET", SCRIPT, "Accept-Encoding: br, gzip;q=0");
    var packed = stage.send("GET", SCRIPT, "Accept-Encoding: br, gzip");

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.body()).startsWith("export const played");
    assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(packed.header("Vary")).contains("Accept-Encoding");
    assertThat(packed.header("Content-Type")).isEqualTo(plain.header("Content-Type"));
    assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.raw().getBytes()))) {
      assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(plain.body());
    }
    assertThat(stage.send("GET", SCRIPT + ".gz").status()).as("by its own name").isEqualTo(404);
  }

  @Test
  void whoHasAFileAlreadyIsToldSo() {
    for (var file : List.of("/", SCRIPT)) {
      var etag = stage.send("GET", file).header("ETag");
      for (var has : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
        var same = stage.send("GET", file, "If-None-Match: " + has);
        assertThat(same.status()).as(has).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(etag);
        assertThat(same.header("Cache-Control"))
            .isEqualTo(stage.send("GET", file).header("Cache-Control"));
      }
      assertThat(stage.send("GET", file, "If-None-Match: \"other\"").status()).isEqualTo(200);
    }
  }

  @Test
  void headIsGetWithoutABody() {
    for (var file : List.of("/", SCRIPT)) {
      var get = stage.send("GET", file, "Accept-Encoding: gzip");
      var head = stage.send("HEAD", file, "Accept-Encoding: gzip");

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (var header :
          List.of("Content-Length", "Content-Type", "Content-Encoding", "ETag", "Cache-Control")) {
        assertThat(head.header(header)).as(header).isEqualTo(get.header(header));
      }
      assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
    }
  }

  @Test
  void otherMethodsAreRefusedWithThoseThatThereAre() {
    for (var file : List.of("/", SCRIPT)) {
      var refused = stage.send("POST", file);
      assertThat(refused.status()).as(file).isEqualTo(405);
      assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/app-00000000.js",
        "/assets",
        "/assets/",
        "/assets//app-Ab12Cd34.js",
        "//assets/app-Ab12Cd34.js",
        "/assets/./app-Ab12Cd34.js",
        "/assets/../assets/app-Ab12Cd34.js",
        "/assets/%2e%2e/files.txt",
        "/assets%2Fapp-Ab12Cd34.js",
        "/assets/app-Ab12Cd34.js/",
        "/assets/app-Ab12Cd34.js;x",
        "/ASSETS/app-Ab12Cd34.js",
        "/files.txt",
        "/index.html/",
        "/keys",
        "/logback.xml",
        "/dev/llmconfig/rest/Playground.class",
      })
  void anUnknownFileIsNowhereAndNeverThePage(String target) {
    var nothing = stage.send("GET", target);

    assertThat(nothing.status()).isEqualTo(404);
    assertThat(nothing.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(nothing.header("Cache-Control")).doesNotContain("immutable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", SCRIPT, "/mark.svg", "/assets/app-00000000.js", "/keys"})
  void everyAnswerHasTheHeadersThatKeepBrowsersSafe(String target) {
    for (var method : List.of("GET", "HEAD", "POST")) {
      var answer = stage.send(method, target);
      SAFE.forEach(
          (header, value) -> assertThat(answer.header(header)).as(header).isEqualTo(value));
      assertThat(answer.header("x-llmconfig-request-id")).matches("[0-9a-f]{16}");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    }
    assertThat(
            stage.send("GET", target, "Host: llm.example.com").header("Strict-Transport-Security"))
        .isNotEmpty();
  }

  @Test
  void aNameThatIsNotOursGetsNoPage() {
    assertThat(stage.send("GET", "/", "Host: evil.example.com").status()).isEqualTo(421);
    assertThat(stage.send("GET", SCRIPT, "Host: evil.example.com").status()).isEqualTo(421);
  }

  @Test
  void aJarWithoutItsPageSaysSoInOneSentence() {
    stage.close();
    stage =
        new RestStage(
            directory.resolve("other"),
            "/llm/",
            RouteTable::of,
            List.of(),
            Playground.at("/webui-nowhere/", "/llm/"));
    var sentence = stage.send("GET", "/llm/");

    assertThat(sentence.status()).isEqualTo(404);
    assertThat(sentence.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(sentence.body())
        .isEqualTo(
            "This jar was built without its page (-Dwebui.skip): build it again without that switch. The API is at /llm/api.\n");
    assertThat(stage.send("GET", "/llm/api/health").status()).isNotEqualTo(404);
  }
}
