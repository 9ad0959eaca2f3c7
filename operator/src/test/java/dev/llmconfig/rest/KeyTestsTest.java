package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.access.Right;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.provider.Keys;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that are tried before anybody stores them.
@SuppressWarnings("NullAway.Init") // set before each test
class KeyTestsTest {

  private static final String KEY = "sk-proj-Q7wE2rT9yU4iO1pA6sD3fG8h";
  private static final String PATH = "/config/api-keys/test";

  @TempDir Path directory;
  private FakeProvider fake;
  private RestStage stage;

  @BeforeEach
  void start() {
    fake = FakeProvider.start(0, Duration.ofSeconds(30));
    stage = new RestStage(directory);
    stage.drafts.readsWhatIsSent();
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(new Ref("agents", "openai"), "k1", 3)),
            List.of(),
            List.of(),
            List.of()));
    for (var who : List.of("jane", "joe", "root")) {
      stage.review.knows(
          who,
          who,
          Right.of("create", "apikeyconfigs").in("agents"),
          Right.of("list", "apikeyconfigs").in("agents"),
          Right.of("list", "modelconfigs").in("agents"));
    }
    stage.review.knows("viewer", "viewer", Right.of("get", "apikeyconfigs"));
  }

  @AfterEach
  void stop() {
    stage.close();
    fake.close();
  }

  @Test
  void aGoodKeyIsAcceptedStepByStepAndNothingIsStored() {
    var heard = test("jane", KEY, "");

    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.header("Cache-Control")).isEqualTo("no-store");
    var result = heard.json();
    assertThat(result.path("outcome").asText()).isEqualTo("Accepted");
    assertThat(result.path("reason").asText()).isEqualTo("KeyAccepted");
    assertThat(result.path("modelCount").asInt()).isEqualTo(7);
    assertThat(result.path("providerRequestId").asText()).isEqualTo("req_good");
    assertThat(result.at("/steps/0/name").asText()).isEqualTo("Connect");
    assertThat(result.at("/steps/0/result").asText()).isEqualTo("Passed");
    assertThat(result.at("/steps/1/name").asText()).isEqualTo("Auth");
    assertThat(result.path("durationMs").isIntegralNumber()).isTrue();
    assertThat(heard.body()).doesNotContain(KEY);
    assertThat(stage.store.asked).isEmpty();
  }

  @Test
  void aWrongKeyIsAnAnswerAndForScriptsAProblem() {
    var wrong = Keys.playing(Provider.OpenAI, "OA02", new Random(11));

    var heard = test("jane", wrong, "");
    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.json().path("outcome").asText()).isEqualTo("Refused");
    assertThat(heard.json().path("reason").asText()).isEqualTo("InvalidKey");
    assertThat(heard.json().at("/steps/1/result").asText()).isEqualTo("Failed");
    assertThat(heard.json().path("action").asText()).doesNotContain("{").contains("key");

    var strict = test("jane", "?strict=true", wrong, "");
    assertThat(strict.status()).isEqualTo(422);
    assertThat(strict.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(strict.json().path("reason").asText()).isEqualTo("InvalidKey");
    assertThat(strict.json().path("providerRequestId").asText()).isEqualTo("req_fixture");
    assertThat(test("jane", "?strict=true", KEY, "").status()).isEqualTo(200);
    assertThat(heard.body() + strict.body()).doesNotContain(wrong);
  }

  @Test
  void aServerThatIsNotThereSaysNothingAboutTheKey() {
    fake.close();

    var heard = test("jane", KEY, "");
    assertThat(heard.json().path("outcome").asText()).isEqualTo("Unknown");
    assertThat(heard.json().path("reason").asText()).isEqualTo("EndpointUnreachable");
    assertThat(heard.json().path("steps").size()).isEqualTo(1);
    assertThat(heard.json().at("/steps/0/result").asText()).isEqualTo("Failed");
    assertThat(test("jane", "?strict=true", KEY, "").status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/v1",
        "http://[::ffff:169.254.169.254]/v1",
        "http://2852039166/v1",
        "http://0xa9fea9fe/v1",
        "http://0251.0376.0251.0376/v1",
        "http://[fd00:ec2::254]/v1",
        "http://0.0.0.0/v1"
      })
  void noPlaceLeadsToTheMachinesOwnServices(String endpoint) {
    assertThat(refused(endpoint, true)).isEqualTo("EndpointNotAllowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://[::1]/v1",
        "https://127.0.0.1/v1",
        "https://2130706433/v1",
        "https://0177.0.0.1/v1",
        "https://10.1.2.3/v1",
        "https://localhost/v1"
      })
  void aPrivatePlaceIsCalledOnlyWhereThatIsSaid(String endpoint) {
    assertThat(refused(endpoint, false)).isEqualTo("EndpointNotAllowed");
  }

  private String refused(String endpoint, boolean insecure) {
    var heard =
        stage.change(
            "POST",
            "jane",
            PATH,
            """
            {"namespace": "agents", "provider": "OpenAI", "endpoint": "%s", "key": "%s",
             "allowInsecureEndpoint": %s}
            """
                .formatted(endpoint, KEY, insecure));
    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.json().path("outcome").asText()).isEqualTo("Refused");
    assertThat(heard.json().at("/steps/0/result").asText()).isEqualTo("Failed");
    assertThat(fake.seen()).isEmpty();
    return heard.json().path("reason").asText();
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (var elsewhere = FakeProvider.start(0, Duration.ofSeconds(30))) {
      fake.redirectTo(elsewhere.url(""));

      var heard =
          stage.change(
              "POST",
              "jane",
              PATH,
              """
              {"namespace": "agents", "provider": "OpenAICompatible", "endpoint": "%s",
               "key": "%s", "allowInsecureEndpoint": true}
              """
                  .formatted(
                      fake.url("/v1"),
                      Keys.playing(Provider.OpenAICompatible, "NX02", new Random(11))));

      assertThat(heard.json().path("reason").asText()).isEqualTo("EndpointRedirected");
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @Test
  void aModelIsLookedForOrAskedForAWord() {
    var offered = test("jane", KEY, ", \"model\": \"no-such-model\"");
    assertThat(offered.json().path("reason").asText()).isEqualTo("ModelNotFound");
    assertThat(offered.json().at("/steps/2/name").asText()).isEqualTo("Model");

    fake.forget();
    var word = test("jane", KEY, ", \"probe\": \"Completion\", \"model\": \"gpt-4o-mini\"");
    assertThat(word.json().path("outcome").asText()).isEqualTo("Accepted");
    assertThat(fake.seen()).anyMatch(seen -> seen.toString().contains("chat/completions"));
    assertThat(test("jane", KEY, ", \"probe\": \"Something\"").status()).isEqualTo(422);
  }

  @Test
  void aKeyOfAnotherProviderIsSaidAndRefusesNothing() {
    var heard = test("jane", "sk-ant-api03-Q7wE2rT9yU4iO1pA6sD3fG8h", "");

    assertThat(heard.json().at("/warnings/0/reason").asText())
        .isEqualTo("LooksLikeAnotherProvider");
  }

  @Test
  void whoeverMayNotMakeAKeyTriesNone() {
    var heard = test("viewer", KEY, "");
    assertThat(heard.status()).isEqualTo(403);
    assertThat(heard.json().path("verb").asText()).isEqualTo("create");
    assertThat(test("", KEY, "").status()).isEqualTo(401);
    assertThat(stage.drafts.read).isEmpty();
    assertThat(fake.seen()).isEmpty();
  }

  @Test
  void aSecretThatIsNotReadableIsNamed() {
    stage.drafts.says((_, _) ->
        new Drafts.Reading.Not(
            new Outcome.Denied(new Right("get", "", "secrets", "agents", "theirs"))));

    var heard = test("jane", KEY, "");

    assertThat(heard.status()).isEqualTo(403);
    assertThat(heard.json().path("reason").asText()).isEqualTo("SecretNotReadable");
    assertThat(heard.json().path("resource").asText()).isEqualTo("secrets");
  }

  @Test
  void aCallerHasSixTestsInAMinute() {
    fake.close();
    for (int at = 0; at < 6; at++) {
      assertThat(test("jane", KEY, "").status()).isEqualTo(200);
    }
    var refused = test("jane", KEY, "");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    assertThat(test("joe", KEY, "").status()).isEqualTo(200);
    stage.pass(Duration.ofMinutes(1));
    assertThat(test("jane", KEY, "").status()).isEqualTo(200);
  }

  @Test
  void anEndpointHasThirtyTestsInAMinute() {
    fake.close();
    for (int at = 0; at < 30; at++) {
      var who = "person-" + at;
      stage.review.knows(who, who, Right.of("create", "apikeyconfigs").in("agents"));
      assertThat(test(who, KEY, "").status()).isEqualTo(200);
    }
    assertThat(test("jane", KEY, "").status()).isEqualTo(429);
  }

  @Test
  void aCallerHasOneTestAtATime() throws Exception {
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    stage.drafts.says((_, _) -> {
      inside.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return new Drafts.Reading.Not(new Outcome.Unavailable("a test"));
    });
    var first = Thread.ofVirtual().start(() -> test("jane", KEY, ""));
    inside.await();

    assertThat(test("jane", KEY, "").status()).isEqualTo(429);
    goOn.countDown();
    first.join();
    stage.drafts.readsWhatIsSent();
    assertThat(test("jane", KEY, "").status()).isEqualTo(200);
  }

  @Test
  void theTrailHasTheTestAndNoKey() {
    test("jane", KEY, "");

    await()
        .untilAsserted(() -> {
          var audit = stage.get("jane", "/audit?namespace=agents&action=Test");
          assertThat(audit.json().at("/items/0/actor").asText()).isEqualTo("jane");
          assertThat(audit.body()).doesNotContain(KEY);
        });
  }

  private RestStage.Heard test(String who, String key, String more) {
    return test(who, "", key, more);
  }

  private RestStage.Heard test(String who, String query, String key, String more) {
    return stage.change(
        "POST",
        who,
        PATH + query,
        """
        {"namespace": "agents", "provider": "OpenAI", "endpoint": "%s", "key": "%s",
         "allowInsecureEndpoint": true%s}
        """
            .formatted(fake.url("/v1"), key, more));
  }
}
