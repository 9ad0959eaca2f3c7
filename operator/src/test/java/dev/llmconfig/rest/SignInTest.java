package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a browser signs in, what its cookie is good for, and what it is never good for.
@SuppressWarnings("NullAway.Init") // set before each test
class SignInTest {

  private static final String CSRF = "x-llmconfig-csrf: 1";
  private static final String OWN = "Origin: http://localhost";

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = stage("/", List.of());
  }

  private RestStage stage(String basePath, List<Network> proxies) {
    var made = new RestStage(directory, basePath, RouteTable::of, proxies);
    made.review.knows(
        "jane-token", "jane", Right.of("list", "apikeyconfigs"), Right.of("get", "apikeyconfigs"));
    made.review.knows("other-token", "other");
    made.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(new Ref("agents", "openai"), "k1", 3)),
            List.of(),
            List.of(),
            List.of()));
    return made;
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aTokenThatIsTypedBecomesASessionThatSeesWhatTheTokenMay() {
    var signedIn = login("jane-token");

    assertThat(signedIn.status()).isEqualTo(204);
    assertThat(signedIn.header("Cache-Control")).isEqualTo("no-store");
    var set = signedIn.header("Set-Cookie").split("\n", -1);
    assertThat(set[0])
        .startsWith("llmconfig_0a1b2c=gAAAAA")
        .contains("Path=/;", "Max-Age=43200;", "HttpOnly", "SameSite=Strict")
        .doesNotContain("Secure", "jane-token");
    var cookie = cookie(signedIn);
    var keys = read("/config/api-keys", cookie);
    assertThat(keys.each("id")).containsExactly("agents.openai");
    var session = read("/session", cookie).json();
    assertThat(session.path("user").asText()).isEqualTo("jane");
    assertThat(session.path("expiresAt").asText()).isEqualTo("2026-11-21T00:00:00Z");
    assertThat(session.path("loginMethods").toString()).isEqualTo("[\"Token\",\"OneTimeUrl\"]");
  }

  @Test
  void whatTheApiServerDoesNotKnowSignsNobodyIn() {
    var refused = login("nobody-knows-it");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().path("reason").asText()).isEqualTo("TokenRejected");
    assertThat(refused.header("Set-Cookie")).isEmpty();
    assertThat(refused.body()).doesNotContain("nobody-knows-it");
    for (var token : List.of("", " ", "a b", "\\u00e9", "x".repeat(16 * 1024 + 1))) {
      assertThat(login(token).status()).isIn(401, 429);
    }
  }

  @Test
  void aRevokedTokenEndsItsSessionWithinTenSeconds() {
    var cookie = cookie(login("jane-token"));
    assertThat(read("/config/api-keys", cookie).status()).isEqualTo(200);

    stage.review.forgets(Caller.token("jane-token"));
    stage.pass(Duration.ofSeconds(10));

    assertThat(read("/config/api-keys", cookie).status()).isEqualTo(401);
    assertThat(read("/session", cookie).json().path("signedIn").asBoolean()).isFalse();
  }

  @Test
  void anEndedSessionIsSaidToHaveEnded() {
    var cookie = cookie(login("jane-token"));
    stage.pass(Duration.ofHours(12));

    var late = read("/config/api-keys", cookie);
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.json().path("reason").asText()).isEqualTo("SessionExpired");
    assertThat(read("/session", cookie).status()).isEqualTo(200);
    assertThat(read("/config/api-keys", "Cookie: llmconfig_0a1b2c=gAAAAAfalse").status())
        .isEqualTo(401);
    assertThat(
            read("/config/api-keys", "Cookie: llmconfig_999999=x; other=y")
                .json()
                .path("reason")
                .asText())
        .isEqualTo("NoCredentials");
  }

  @Test
  void signingOutTakesTheCookieAway() {
    var word = stage.login.next();
    stage.review.isLocal("root-of-the-laptop", Right.of("list", "apikeyconfigs"));
    var cookie = cookie(login(word));
    assertThat(read("/session", cookie).json().path("user").asText())
        .isEqualTo("root-of-the-laptop");
    assertThat(login(word).status()).as("once").isEqualTo(401);

    var out = stage.change("DELETE", "", "/session", "", CSRF, OWN, cookie);
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).contains("llmconfig_0a1b2c=; Path=/; Max-Age=0");
    assertThat(read("/session", cookie).json().path("signedIn").asBoolean())
        .as("the cookie itself is worth nothing any more")
        .isFalse();
  }

  static Stream<List<String>> foreignPages() {
    return Stream.of(
        List.of(),
        List.of(CSRF),
        List.of(OWN),
        List.of("Sec-Fetch-Site: same-origin"),
        List.of(CSRF, "Origin: null"),
        List.of(CSRF, "Origin: https://evil.example.com"),
        List.of(CSRF, "Origin: http://localhost.evil.example.com"),
        List.of(CSRF, "Origin: http://localhost:9999"),
        List.of(CSRF, "Origin: file://localhost"),
        List.of(CSRF, "Origin: http://evil.example.com", "Sec-Fetch-Site: same-origin"),
        List.of(CSRF, "Sec-Fetch-Site: same-site"),
        List.of(CSRF, "Sec-Fetch-Site: cross-site"),
        List.of(CSRF, "Sec-Fetch-Site: none"),
        List.of("x-llmconfig-csrf: 0", OWN));
  }

  @ParameterizedTest
  @MethodSource("foreignPages")
  void aForeignPageNeitherSignsInNorOutNorChangesAnything(List<String> headers) {
    var cookie = cookie(login("jane-token"));
    var foreign = headers.toArray(String[]::new);

    var in = stage.change("POST", "", "/session", "{\"token\": \"other-token\"}", foreign);
    assertThat(in.status()).isEqualTo(403);
    assertThat(in.json().path("reason").asText()).isEqualTo("CrossSiteRefused");
    assertThat(in.header("Set-Cookie")).isEmpty();
    var with = new ArrayList<>(headers);
    with.add(cookie);
    var out = stage.change("DELETE", "", "/session", "", with.toArray(String[]::new));
    assertThat(out.status()).isEqualTo(403);
    assertThat(read("/session", cookie).json().path("signedIn").asBoolean()).isTrue();
  }

  @Test
  void aPageOfOursIsKnownByEitherSign() {
    assertThat(
            stage
                .change(
                    "POST",
                    "",
                    "/session",
                    "{\"token\": \"jane-token\"}",
                    CSRF,
                    "Sec-Fetch-Site: same-origin")
                .status())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x"
      })
  void aFormIsNoLogin(String type) {
    assertThat(
            stage
                .change(
                    "POST",
                    "",
                    "/session",
                    "{\"token\": \"jane-token\"}",
                    CSRF,
                    OWN,
                    "Content-Type: " + type)
                .status())
        .isEqualTo(415);
  }

  @Test
  void twoCredentialsThatDifferAreNoneAndEqualOnesAreOne() {
    var cookie = cookie(login("jane-token"));

    var two = read("/config/api-keys", cookie, "Authorization: Bearer other-token");
    assertThat(two.status()).isEqualTo(400);
    assertThat(two.json().path("reason").asText()).isEqualTo("ConflictingCredentials");
    assertThat(read("/config/api-keys", cookie, "Authorization: Bearer jane-token").status())
        .isEqualTo(200);
  }

  @Test
  void afterFiveTriesAMinuteIsToBeWaited() {
    for (int at = 0; at < 5; at++) {
      assertThat(login("wrong-" + at).status()).isEqualTo(401);
    }
    var sixth = login("jane-token");
    assertThat(sixth.status()).isEqualTo(429);
    assertThat(Integer.parseInt(sixth.header("Retry-After"))).isBetween(1, 61);

    stage.pass(Duration.ofMinutes(1));
    assertThat(login("jane-token").status()).isEqualTo(204);
  }

  @Test
  void aTokenDoesNotCrossANetworkInTheOpen() {
    for (var host : List.of("llm-config", "llm.example.com", "llm-config.home.svc")) {
      var refused = loginAt(host);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("reason").asText()).isEqualTo("InsecureLogin");
    }
    stage.close();
    stage = stage("/", List.of(Network.parse("127.0.0.0/8").orElseThrow()));
    var through = loginAt("llm.example.com");
    assertThat(through.status()).isEqualTo(204);
    assertThat(through.header("Set-Cookie")).contains("; Secure");
    assertThat(loginAt("llm-config").status()).as("not the name with https").isEqualTo(403);
  }

  @Test
  void aLongTokenIsSplitAndOneThatIsTooLongIsRefused() {
    var longer = "j".repeat(6_000);
    stage.review.knows(longer, "jane", Right.of("list", "apikeyconfigs"));
    var cookie = cookie(login(longer));
    assertThat(cookie).contains("llmconfig_0a1b2c_2=", "llmconfig_0a1b2c_3=");
    assertThat(read("/config/api-keys", cookie).status()).isEqualTo(200);

    var longest = "j".repeat(9_000);
    stage.review.knows(longest, "jane");
    var refused = login(longest);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("Bearer");
  }

  private RestStage.Heard login(String token) {
    return stage.change("POST", "", "/session", "{\"token\": \"%s\"}".formatted(token), CSRF, OWN);
  }

  private RestStage.Heard loginAt(String host) {
    var body = "{\"token\": \"jane-token\"}";
    return stage.raw(
        "POST /api/session HTTP/1.1\r\nHost: %s\r\n%s\r\nOrigin: https://%s\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(host, CSRF, host, body.length(), body));
  }

  private RestStage.Heard read(String path, String... headers) {
    return stage.read(path, headers);
  }

  private static String cookie(RestStage.Heard signedIn) {
    assertThat(signedIn.status()).isEqualTo(204);
    var pairs =
        Stream.of(signedIn.header("Set-Cookie").split("\n", -1))
            .map(line -> line.substring(0, line.indexOf(';')))
            .toList();
    return "Cookie: theme=dark; " + String.join("; ", pairs);
  }

  /// The sealed text is not the token in another alphabet.
  @Test
  void theCookieHoldsNothingReadable() {
    var cookie = cookie(login("jane-token"));
    var value =
        cookie.substring(cookie.indexOf("gAAAAA"), cookie.indexOf(';', cookie.indexOf("gAAAAA")));

    assertThat(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.ISO_8859_1))
        .doesNotContain("jane");
  }
}
