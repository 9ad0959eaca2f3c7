package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// People of whom only a proxy speaks: whom it is believed about, and what they may do.
@SuppressWarnings("NullAway.Init") // set before each test
class ProxyNamesTest {

  private static final String SECRET = "x-llmconfig-proxy-secret: " + RestStage.PROXY_SECRET;
  private static final String JANE = "X-Forwarded-User: jane";
  private static final String GROUPS = "X-Forwarded-Groups: dev, ops";
  private static final String CSRF = "x-llmconfig-csrf: 1";
  private static final String OWN = "Origin: http://localhost";

  @TempDir Path directory;
  private RestStage stage;

  private void start(String... networks) {
    stage =
        new RestStage(
            directory, "/", RouteTable::of, List.of(networks).stream().map(this::network).toList());
    for (var groups : List.of(List.of("dev", "ops"), List.<String>of())) {
      stage.review.isNamed(
          "jane",
          groups,
          Right.of("list", "apikeyconfigs"),
          Right.of("get", "apikeyconfigs"),
          Right.of("create", "apikeyconfigs"));
    }
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(new Ref("agents", "openai"), "k1", 3)),
            List.of(),
            List.of(),
            List.of()));
  }

  private Network network(String text) {
    return Network.parse(text).orElseThrow();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aProxyWithItsAddressAndItsSecretIsBelieved() {
    start("127.0.0.0/8");
    var session = stage.read("/session", SECRET, JANE, GROUPS).json();
    assertThat(session.path("user").asText()).isEqualTo("jane");
    assertThat(session.path("groups").toString()).isEqualTo("[\"dev\",\"ops\"]");
    assertThat(stage.read("/config/api-keys", SECRET, JANE, GROUPS).each("id"))
        .containsExactly("agents.openai");
    assertThat(stage.refused()).isEmpty();
  }

  @Test
  void headersOfNobodyWhoIsTrustedAreCountedWhateverElseComesWithThem() {
    start("10.0.0.0/8");
    stage.read("/providers", "Authorization: Bearer jane", JANE);
    assertThat(stage.refused()).startsWith("UntrustedProxy");
    stage.read("/health", GROUPS);
    stage.read("/health", SECRET);
    assertThat(stage.refused()).filteredOn("UntrustedProxy"::equals).hasSize(3);
  }

  @Test
  void theAddressAloneIsNeverEnough() {
    start("127.0.0.0/8");
    for (var secret : List.of("x-a: b", "x-llmconfig-proxy-secret: guessed")) {
      assertThat(stage.read("/config/api-keys", secret, JANE, GROUPS).status()).isEqualTo(401);
    }
    assertThat(stage.refused())
        .containsExactly("UntrustedProxy", "NoCredentials", "UntrustedProxy", "NoCredentials");
  }

  @Test
  void norIsTheSecretFromSomewhereElse() {
    start("10.0.0.0/8");
    assertThat(stage.read("/config/api-keys", SECRET, JANE, GROUPS).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-User: system:admin",
        "X-Forwarded-User: jane\r\nX-Forwarded-User: root",
        "X-Forwarded-User:  ",
        "X-Forwarded-User: jane\r\nX-Forwarded-Groups: dev,system:masters"
      })
  void namesOfTheSystemAreRefused(String headers) {
    start("127.0.0.0/8");
    assertThat(stage.read("/config/api-keys", SECRET, headers).status()).isEqualTo(401);
  }

  @Test
  void whoHasOnlyANameReadsAndChangesNothing() {
    start("127.0.0.0/8");
    var body = "{\"namespace\": \"agents\", \"provider\": \"Echo\"}";
    var refused =
        stage.change("POST", "", "/config/api-keys", body, SECRET, JANE, GROUPS, CSRF, OWN);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("verb").asText()).isEqualTo("create");
    assertThat(stage.review.asked()).noneMatch(asked -> asked.startsWith("create"));
    assertThat(stage.store.asked).isEmpty();
    assertThat(
            stage
                .change("POST", "", "/config/api-keys", body, SECRET, JANE, GROUPS)
                .json()
                .path("reason")
                .asText())
        .as("the proxy lets its cookie in, whoever wrote the page")
        .isEqualTo("CrossSiteRefused");
  }
}
