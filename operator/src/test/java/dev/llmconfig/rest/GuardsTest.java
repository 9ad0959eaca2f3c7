package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked of every request, whatever it wants.
@SuppressWarnings("NullAway.Init") // set before each test
class GuardsTest {

  private static final String TOKEN = "Authorization: Bearer root";

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows(
        "root", "root", Right.of("list", "apikeyconfigs"), Right.of("get", "apikeyconfigs"));
    stage.holds(
        new RestStage.Content(
            IntStream.range(0, 20)
                .mapToObj(at -> Sample.keyRow(new Ref("agents", "k" + at), "u" + at, 1))
                .toList(),
            List.of(),
            List.of(),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void everyRouteIsClosedToThoseWithoutCredentialsButTheOpenOnes() {
    stage
        .document()
        .path("paths")
        .properties()
        .forEach(path -> {
          var open = List.of("/session", "/health", "/openapi.json").contains(path.getKey());
          var target = path.getKey().replace("{id}", "agents.k1");
          path.getValue()
              .fieldNames()
              .forEachRemaining(name -> {
                var method = name.toUpperCase(Locale.ROOT);
                if (open && method.equals("GET")) {
                  assertThat(stage.get("", target).status()).as(target).isEqualTo(200);
                } else if (!open) {
                  closed(method, target);
                }
              });
        });
  }

  private void closed(String method, String target) {
    var what = method + " " + target;
    assertThat(asked(method, "", target).status()).as(what).isEqualTo(401);
    var foreign = asked(method, "foreign", target);
    assertThat(foreign.status()).as(what).isEqualTo(401);
    assertThat(foreign.json().path("reason").asText()).isEqualTo("TokenRejected");
    assertThat(foreign.header("WWW-Authenticate")).startsWith("Bearer");
  }

  private RestStage.Heard asked(String method, String token, String target) {
    return method.equals("GET")
        ? stage.get(token, target)
        : stage.change(method, token, target, "{}");
  }

  @Test
  void aRouteThatDoesNotSayWhatItAsksStartsNoServer() {
    var forgotten = Route.get("/everything", "All of it.").by(_ -> Answer.json(List.of()));

    assertThatThrownBy(() -> RouteTable.of(List.of(forgotten)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/everything");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic cm9vdDpyb290",
        "Authorization: Bearer",
        "Authorization: Bearer a b",
        "Authorization: root",
        "Authorization: Bearer root\r\nAuthorization: Bearer root",
      })
  void whatIsNoSingleBearerTokenIsNoCredential(String header) {
    assertThat(stage.send("GET", "/api/providers", header).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Basic cm9vdDpyb290", "Authorization: Bearer foreign"})
  void whoComesIsNothingToARouteThatAsksNobody(String header) {
    for (var open : List.of("/health", "/openapi.json")) {
      assertThat(stage.read(open, header).status()).as(open).isEqualTo(200);
    }
    assertThat(
            stage
                .change("DELETE", "", "/session", "", "Authorization: Basic cm9vdDpyb290")
                .status())
        .isEqualTo(401);
  }

  @Test
  void aTokenBeyondAllMeasureIsNotAskedAbout() {
    assertThat(
            stage
                .send("GET", "/api/providers", "Authorization: Bearer " + "x".repeat(20_000))
                .status())
        .isEqualTo(401);
    assertThat(stage.review.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example.com",
        "Host: localhost.evil.example.com",
        "Host: evil.example.com:8080",
        "Host: localhost\r\nHost: evil.example.com",
        "Host: ",
        "Host: 10.0.0.7",
      })
  void aNameThatIsNotOursIsRefusedAlsoForOpenRoutes(String host) {
    var refused = stage.send("GET", "/api/health", host);
    assertThat(refused.status()).isIn(400, 421);
    assertThat(refused.body()).doesNotContain("healthy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost:8080",
        "Host: 127.0.0.1:1",
        "Host: [::1]:8080",
        "Host: LLM-config",
        "Host: llm-config.home.svc:8080",
        "Host: llm.example.com"
      })
  void namesOfOursAreTaken(String host) {
    assertThat(stage.send("GET", "/api/health", host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api//providers",
        "//api/providers",
        "/api/./providers",
        "/api/x/../providers",
        "/api/%2e/providers",
        "/api/x/%2E%2e/providers",
        "/api/providers/",
        "/api/providers;x=1",
        "/api/config%2Fapi-keys",
        "/api/config/api-keys/agents%2Ek1",
        "/api/config\\api-keys",
        "/api/provider%73",
        "http://localhost/api/providers",
        "/apix/providers",
        "/providers",
        "/api",
        "*",
      })
  void aPathThatWouldHaveToBePutRightIsNowhere(String target) {
    var refused = stage.send("GET", target, TOKEN);
    assertThat(refused.status()).isIn(400, 404);
    assertThat(refused.body()).doesNotContain("OpenAI");
  }

  @Test
  void whatIsNoRequestOrTooLongForOneIsAProblemLikeAnyOther() {
    var address = stage.send("GET", "/api/providers?q=" + "x".repeat(70_000), TOKEN);
    assertThat(address.status()).isEqualTo(414);
    assertThat(address.json().path("reason").asText()).isEqualTo("AddressTooLong");
    var headers = stage.send("GET", "/api/providers", TOKEN, "x-much: " + "x".repeat(60_000));
    assertThat(headers.status()).isEqualTo(431);
    assertThat(headers.json().path("reason").asText()).isEqualTo("HeadersTooLarge");
    var none = stage.raw("GET /api/providers\r\nHost: localhost\r\n\r\n");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void theSignsOfOurIdsMayBeEncoded() {
    assertThat(stage.send("GET", "/api/config/api-keys/agents.k1%3Ax", TOKEN).status())
        .isEqualTo(404);
    assertThat(stage.send("GET", "/api/config/api-keys/agents.k1%3Ax", TOKEN).body())
        .contains("ApiKeyNotFound");
  }

  @Test
  void anotherMethodIsRefusedWithThoseThatThereAre() {
    for (var method : List.of("POST", "PUT", "OPTIONS")) {
      var refused = stage.send(method, "/api/config/api-keys/agents.k1", TOKEN);
      assertThat(refused.status()).as(method).isEqualTo(405);
      assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, PATCH, DELETE");
      assertThat(refused.json().path("reason").asText()).isEqualTo("MethodNotAllowed");
      assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void aWordOfOursIsNobodysId() {
    for (var path :
        List.of(
            "/config/api-keys/test", "/config/model-configs/preview", "/config/models/selected")) {
      for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        var allowed = path.endsWith("selected") ? "GET, HEAD" : "POST";
        if (!allowed.contains(method)) {
          var refused = stage.change(method, "root", path, "{}");
          assertThat(refused.status()).as(method + " " + path).isEqualTo(405);
          assertThat(refused.header("Allow")).isEqualTo(allowed);
        }
      }
    }
  }

  @Test
  void headIsGetWithoutABody() {
    var get = stage.get("root", "/config/api-keys");
    var head = stage.send("HEAD", "/api/config/api-keys", TOKEN);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (var header : List.of("Content-Length", "ETag", "Content-Type", "x-llmconfig-mirror-age")) {
      assertThat(head.header(header)).as(header).isNotEmpty().isEqualTo(get.header(header));
    }
    assertThat(stage.send("HEAD", "/api/config/api-keys").status()).isEqualTo(401);
  }

  @Test
  void everyAnswerHasTheHeadersThatKeepBrowsersSafe() {
    for (var answer :
        List.of(
            stage.get("root", "/providers"),
            stage.get("", "/providers"),
            stage.send("GET", "/nowhere"),
            stage.send("POST", "/api/providers"),
            stage.send("GET", "/api/providers", "Host: evil.example.com"))) {
      assertThat(answer.header("Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self';")
          .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
      assertThat(answer.header("Vary")).contains("Authorization", "Cookie");
      assertThat(answer.header("x-llmconfig-request-id")).matches("[0-9a-f]{16}");
    }
    assertThat(stage.send("GET", "/api/health").header("Strict-Transport-Security")).isEmpty();
    assertThat(
            stage
                .send("GET", "/api/health", "Host: llm.example.com")
                .header("Strict-Transport-Security"))
        .isNotEmpty();
  }

  @Test
  void aProblemCarriesTheIdOfItsRequest() {
    var refused = stage.send("GET", "/api/providers");

    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().path("requestId").asText())
        .isEqualTo(refused.header("x-llmconfig-request-id"));
    assertThat(refused.json().path("type").asText())
        .isEqualTo("https://llmconfig.dev/problems/NoCredentials");
    assertThat(refused.json().path("status").asInt()).isEqualTo(401);
  }

  @Test
  void longAnswersArePackedForThoseWhoCanUnpackThem() throws Exception {
    var plain = stage.get("root", "/config/api-keys");
    var sent = stage.send("GET", "/api/config/api-keys", TOKEN, "Accept-Encoding: br, gzip;q=0.5");

    assertThat(sent.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(Integer.parseInt(sent.header("Content-Length")))
        .isLessThan(plain.body().length() / 3);
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(sent.raw().getBytes()))) {
      assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(plain.body());
    }
    for (var other : List.of("identity", "gzip;q=0", "x-gzipped", "br")) {
      assertThat(
              stage
                  .send("GET", "/api/config/api-keys", TOKEN, "Accept-Encoding: " + other)
                  .header("Content-Encoding"))
          .as(other)
          .isEmpty();
    }
    assertThat(
            stage
                .send("GET", "/api/config/api-keys?limit=1", TOKEN, "Accept-Encoding: gzip")
                .header("Content-Encoding"))
        .as("under a kilobyte it is not worth it")
        .isEmpty();
  }

  @Test
  void aBasePathIsPartOfEveryAddress() {
    stage.close();
    stage = new RestStage(directory.resolve("other"), "/llm/");

    assertThat(stage.send("GET", "/llm/api/session").status()).isEqualTo(200);
    assertThat(stage.send("GET", "/api/session").status()).isEqualTo(404);
    assertThat(stage.send("GET", "/llm/").status()).isEqualTo(200);
    assertThat(stage.send("GET", "/llm/?x=1").status()).as("as at the root").isEqualTo(200);
    assertThat(stage.send("GET", "/llm//?x=1").status()).isEqualTo(404);
  }
}
