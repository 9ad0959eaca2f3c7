package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.access.Right;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ChatRows;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Performance;
import dev.llmconfig.provider.fake.Script;
import dev.llmconfig.rest.shape.ChatQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Chats of people who may use a model and nothing else.
@SuppressWarnings("NullAway.Init") // set before each test
class ChatRouteTest {

  private static final Right USE_CONFIGS = Right.of("use", "modelconfigs");
  private static final Right USE_KEYS = Right.of("use", "apikeyconfigs");
  private static final Ref ECHO = new Ref("agents", "echo");
  private static final Ref KEY = new Ref("agents", "openai");
  private static final String SECRET = "sk-proj-Zx9Qw7Rt5Yp3Lk1Mn8Bv6Cd4Fg2Hj0";
  private static final String WORD =
      "data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;
  private final KeyRing ring = KeyRing.of(FernetKey.generate());
  private FakeProvider fake;
  private RestStage stage;

  @BeforeEach
  void start() {
    fake = FakeProvider.start(0, Duration.ofSeconds(30));
    stage = new RestStage(directory);
    prepare();
  }

  private void prepare() {
    stage.ring(Optional.of(ring));
    stage.review.knows(
        "jane",
        "jane",
        USE_CONFIGS.in("agents").called("talk"),
        USE_CONFIGS.in("agents").called("support"),
        USE_CONFIGS.in("agents").called("slow"),
        USE_CONFIGS.in("agents").called("pending"),
        USE_CONFIGS.in("agents").called("gone"),
        USE_KEYS.in("agents").called("openai"));
    stage.review.knows("viewer", "viewer", Right.of("get", "modelconfigs"));
    var place = fake.url("/v1");
    stage.holds(
        new RestStage.Content(
            List.of(
                ChatRows.echo(ECHO),
                ChatRows.key(KEY)
                    .at(Provider.OpenAI, place)
                    .allowing("gpt-*")
                    .current("r-1", place, ChatRows.token(ring, KEY, place, SECRET))
                    .row()),
            List.of(
                ChatRows.config(new Ref("agents", "talk"), "echo")
                    .applied(Provider.Echo, "echo", "echo", "", "https://echo.invalid/v1", "{}")
                    .row(),
                ChatRows.config(new Ref("agents", "slow"), "echo-slow")
                    .applied(
                        Provider.Echo, "echo-slow", "echo", "", "https://echo.invalid/v1", "{}")
                    .row(),
                ChatRows.config(new Ref("agents", "support"), "candidate")
                    .applied("gpt-4o", "openai", "r-1", place, "{\"temperature\":0.3}")
                    .row(),
                ChatRows.config(new Ref("agents", "pending"), "gpt-4o")
                    .ready("False", "ModelNotFound", "No such model.")
                    .row()),
            List.of(),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
    fake.close();
  }

  @Test
  void theAnswerComesAsEventsAndEndsOnce() {
    var heard = ask("jane", "agents.talk", "How are you today", "Accept-Encoding: gzip");

    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(heard.header("X-Accel-Buffering")).isEqualTo("no");
    assertThat(heard.header("Cache-Control")).isEqualTo("no-store");
    assertThat(heard.header("Content-Encoding")).isEmpty();
    assertThat(heard.header("Content-Security-Policy")).isNotEmpty();
    var events = events(heard.body());
    assertThat(events)
        .extracting(Event::name)
        .startsWith("start", "text")
        .endsWith("usage", "done");
    assertThat(events).filteredOn(one -> one.name().equals("done")).hasSize(1);
    assertThat(events.getFirst().data().path("model").asText()).isEqualTo("echo");
    assertThat(said(events)).contains("How are you today");
    assertThat(events.getLast().data().path("finish").asText()).isEqualTo("Stop");
    assertThat(events.getLast().data().path("cost").asText()).isEqualTo("0");
  }

  @Test
  void howLongPeopleWaitIsToldToThoseWhoMaySeeThePlace() {
    stage.review.knows("lister", "lister", Right.of("list", "apikeyconfigs").in("agents"));
    assertThat(status("lister")).isEmpty();
    assertThat(ask("jane", "agents.support", "Hi").status()).isEqualTo(200);

    assertThat(status("lister")).hasSize(1);
    var seen = status("lister").path(0);
    assertThat(seen.path("endpoint").asText()).isEqualTo(fake.url("/v1"));
    assertThat(seen.path("answers").asInt()).isEqualTo(1);
    assertThat(seen.path("p50Ms").isIntegralNumber()).isTrue();
    assertThat(status("jane")).as("whoever may only chat").isEmpty();
  }

  private JsonNode status(String who) {
    return stage.get(who, "/status").json().path("providers");
  }

  @Test
  void itComesWholeForWhoeverWantsThat() {
    var heard =
        post(
            "jane",
            """
            {"model":"agents.talk","stream":false,
             "messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hello"}]}
            """);

    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.header("Content-Type")).isEqualTo("application/json");
    assertThat(heard.json().path("text").asText()).contains("Hello");
    assertThat(heard.json().path("finish").asText()).isEqualTo("Stop");
    assertThat(heard.json().path("usage").path("output").asInt()).isPositive();
  }

  @Test
  void theKeyGoesToTheProviderAndNowhereElse() {
    fake.plays("gpt-4o", Script.stream(WORD, "data: [DONE]\n\n"));

    var heard =
        post(
            "jane",
            """
            {"model":"agents.support","messages":[{"role":"user","content":"Hi"}],
             "parameters":{"maxOutputTokens":9999999}}
            """);

    var events = events(heard.body());
    assertThat(said(events)).isEqualTo("word ");
    var start = events.getFirst().data();
    assertThat(start.path("model").asText()).isEqualTo("gpt-4o");
    assertThat(start.path("sent").path("temperature").asText()).isEqualTo("0.3");
    assertThat(start.path("dropped").get(0).path("name").asText()).isEqualTo("maxOutputTokens");
    assertThat(start.path("dropped").get(0).path("why").asText()).isEqualTo("AboveLimit");
    assertThat(fake.seen(FakeCall.Completion)).hasSize(1);
    assertThat(fake.seen(FakeCall.Completion).getFirst().keyId()).contains(id(SECRET));
    assertThat(heard.body() + heard.headers()).doesNotContain(SECRET);
  }

  @Test
  void anOfferedModelIsUsedThroughItsKey() {
    fake.plays("gpt-4o/x", Script.stream(WORD, "data: [DONE]\n\n"));

    assertThat(said(events(ask("jane", "agents.openai:gpt-4o~2Fx", "Hi").body())))
        .isEqualTo("word ");
    assertThat(ask("jane", "agents.openai:o1", "Hi").json().path("reason").asText())
        .as("models.allow does not have it")
        .isEqualTo("ModelNotFound");
    for (var broken :
        List.of("agents.openai:", "agents.openai:a~2", "agents.openai:~FF", "support")) {
      assertThat(ask("jane", broken, "Hi").status()).as(broken).isEqualTo(404);
    }
  }

  @Test
  void withoutTheVerbUseNobodyLearnsWhetherItIsThere() {
    for (var model : List.of("agents.support", "agents.nothing", "other.support")) {
      var refused = ask("viewer", model, "Hi");
      assertThat(refused.status()).as(model).isEqualTo(403);
      assertThat(refused.json().path("verb").asText()).isEqualTo("use");
      assertThat(refused.json().path("resource").asText()).isEqualTo("modelconfigs.llmconfig.dev");
    }
    var offered = ask("viewer", "agents.openai:gpt-4o", "Hi");
    assertThat(offered.status()).isEqualTo(403);
    assertThat(offered.json().path("resource").asText()).isEqualTo("apikeyconfigs.llmconfig.dev");
    assertThat(ask("", "agents.support", "Hi").status()).isEqualTo(401);
    assertThat(fake.seen()).isEmpty();
  }

  @Test
  void whatCannotBeUsedSaysWhy() {
    assertThat(ask("jane", "agents.gone", "Hi").json().path("reason").asText())
        .isEqualTo("ModelNotFound");
    var pending = ask("jane", "agents.pending", "Hi");
    assertThat(pending.status()).isEqualTo(503);
    assertThat(pending.json().path("reason").asText()).isEqualTo("ModelNotFound");
    assertThat(pending.json().path("detail").asText()).isEqualTo("No such model.");
    var parameters =
        post(
            "jane",
            """
            {"model":"agents.support","messages":[{"role":"user","content":"Hi"}],
             "parameters":{"temperature":7}}
            """);
    assertThat(parameters.status()).isEqualTo(422);
    assertThat(parameters.json().at("/problems/0/field").asText())
        .isEqualTo("parameters.temperature");
    assertThat(post("jane", "{\"model\":\"agents.talk\",\"messages\":[]}").status()).isEqualTo(422);
    assertThat(
            post("jane", "{\"model\":\"agents.talk\",\"messages\":[],\"key\":\"x\"}")
                .json()
                .path("reason")
                .asText())
        .isEqualTo("UnknownField");
  }

  @Test
  void withoutAKeyRingNobodyChatsUntilItIsBack() {
    stage.ring(Optional.empty());
    for (var model : List.of("agents.talk", "agents.support", "agents.openai:gpt-4o")) {
      var refused = ask("jane", model, "Hi");
      assertThat(refused.status()).as(model).isEqualTo(503);
      assertThat(refused.json().path("reason").asText()).isEqualTo("KeyRingMissing");
    }

    stage.ring(Optional.of(KeyRing.of(FernetKey.generate())));
    var wrong = ask("jane", "agents.support", "Hi");
    assertThat(wrong.status()).isEqualTo(500);
    assertThat(wrong.json().path("reason").asText()).isEqualTo("InvalidEncryptionKey");

    stage.ring(Optional.of(ring));
    assertThat(ask("jane", "agents.talk", "Hi").status()).isEqualTo(200);
  }

  @Test
  void whileTheApiServerIsAwayChatCountsAsReading() {
    assertThat(ask("jane", "agents.talk", "Hi").status()).isEqualTo(200);
    stage.pass(Duration.ofSeconds(20));
    stage.review.away(true);

    assertThat(ask("jane", "agents.talk", "Hi").status()).isEqualTo(200);
    assertThat(ask("jane", "agents.support", "Hi").status())
        .as("nobody has ever said that she may")
        .isEqualTo(503);
  }

  @Test
  void aProvidersRefusalBeforeTheFirstWordIsAProblem() {
    fake.plays(
        "gpt-4o",
        Script.document(401, "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"no\"}}"));
    var refused = ask("jane", "agents.support", "Hi");
    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().path("reason").asText()).isEqualTo("InvalidKey");

    fake.plays(
        "gpt-4o",
        Script.document(429, "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}")
            .with("retry-after", "7"));
    var limited = ask("jane", "agents.support", "Hi");
    assertThat(limited.status()).isEqualTo(503);
    assertThat(limited.json().path("reason").asText()).isEqualTo("RateLimited");
    assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(7, 8);
  }

  @Test
  void oneInTheMiddleIsTheLastEvent() {
    fake.plays("gpt-4o", Script.stream(WORD).ending(Script.Ending.Cut));

    var events = events(ask("jane", "agents.support", "Hi").body());

    assertThat(events).extracting(Event::name).containsExactly("start", "text", "problem");
    assertThat(events.getLast().data().path("reason").asText()).isEqualTo("ProviderUnavailable");
    assertThat(events.getLast().data().path("requestId").asText()).isNotEmpty();
  }

  /// The machine may be busy once, and hardly five times.
  @Test
  void whoLeavesEndsTheProvidersCallWithinASecond() throws Exception {
    var once = false;
    for (int round = 0; round < 5 && !once; round++) {
      fake.forget();
      fake.plays("gpt-4o", Script.stream(WORD).ending(Script.Ending.Silence));
      try (var reader = reader("agents.support")) {
        assertThat(until(reader, "word ")).contains("event: text");
      }
      once = performance().goneWithin(1_000);
    }
    assertThat(once).isTrue();
  }

  @Test
  void whoLeavesBeforeTheFirstWordDoesSo() throws Exception {
    fake.plays("gpt-4o", Script.stream().ending(Script.Ending.Silence));
    try (var _ = reader("agents.support")) {
      assertThat(performance().goneWithin(0)).isFalse();
    }
    assertThat(performance().goneWithin(LONG.toMillis())).isTrue();
  }

  @Test
  void aProviderThatThinksForLongLosesNobodyToAProxy() throws Exception {
    stage.close();
    stage =
        new RestStage(
            directory,
            "/",
            parts ->
                RouteTable.of(
                    List.of(
                        Route.post("/chat", "Asks.", new Sent.Form(ChatQuestion.class))
                            .needs(new Needs.UseOfSent())
                            .by(new ChatRoute(parts, Duration.ofMillis(50))::answer))));
    prepare();
    fake.plays("gpt-4o", Script.stream().ending(Script.Ending.Silence));
    try (var reader = reader("agents.support")) {
      assertThat(until(reader, "\r\n\r\n")).startsWith("HTTP/1.1 200 OK").contains("event-stream");
      assertThat(performance().goneWithin(0)).isFalse();
    }
    assertThat(performance().goneWithin(LONG.toMillis())).isTrue();
  }

  @Test
  void whoReadsNothingIsSentNoMoreAndHoldsUpNobody() throws Exception {
    fake.plays("gpt-4o", Script.stream(WORD.repeat(200)).forEver());
    try (var reader = reader("agents.support")) {
      assertThat(until(reader, "word ")).contains("event: start");
      var performance = performance();
      var before = new long[] {-1};
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> {
            var still = before[0] == performance.written();
            before[0] = performance.written();
            return still;
          });
      assertThat(performance.written()).isLessThan(64L << 20);
      for (int at = 0; at < 20; at++) {
        assertThat(ask("jane", "agents.talk", "Hi").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aServerThatEndsAnswersWhoHasAskedAndWhoAsksMeanwhile() throws Exception {
    fake.plays("gpt-4o", Script.stream(WORD).ending(Script.Ending.Silence));
    try (var endless = reader("agents.support");
        var slow = reader("agents.slow", "one two three four five six seven eight nine ten");
        var kept = stage.connection()) {
      until(endless, "word ");
      until(slow, "event: text");
      assertThat(asked(kept)).contains("200 OK").doesNotContain("close");

      var end = CompletableFuture.runAsync(() -> stage.farewell(Duration.ofSeconds(4)));

      await("the last answer").atMost(LONG).until(() -> asked(kept).contains("close"));
      assertThat(until(kept, "another answer")).endsWith("}");
      assertThat(until(slow, "event: done")).endsWith("event: done");
      end.get(LONG.toSeconds(), TimeUnit.SECONDS);
      stage.endServer();
      assertThat(until(endless, "event: done"))
          .as("what takes longer is cut, and can be seen to be")
          .doesNotContain("event: done", "\r\n0\r\n");
    }
  }

  /// The head of the answer to a question over a connection that is kept, behind the body of the
  /// one before it.
  private static String asked(Socket kept) throws IOException {
    kept.getOutputStream()
        .write(
            "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    return until(kept, "\r\n\r\n");
  }

  @Test
  void thirtyChatsAMinuteAreEnoughForAnybody() {
    for (int at = 0; at < 30; at++) {
      assertThat(ask("jane", "agents.talk", "Hi").status()).isEqualTo(200);
    }
    var refused = ask("jane", "agents.talk", "Hi");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().path("reason").asText()).isEqualTo("TooManyRequests");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);

    stage.pass(Duration.ofSeconds(61));
    assertThat(ask("jane", "agents.talk", "Hi").status()).isEqualTo(200);
  }

  /// As the fake names the keys that it sees.
  private static String id(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private record Event(String name, JsonNode data) {}

  private RestStage.Heard ask(String who, String model, String text, String... headers) {
    return stage.change("POST", who, "/chat", body(model, text), headers);
  }

  private RestStage.Heard post(String who, String body) {
    return stage.change("POST", who, "/chat", body);
  }

  private static String body(String model, String text) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(model, text);
  }

  private Performance performance() {
    await().atMost(LONG).until(() -> !fake.performances().isEmpty());
    return fake.performances().getFirst();
  }

  /// Somebody who has asked, and reads when a test says so.
  private Socket reader(String model) throws IOException {
    return reader(model, "Hi");
  }

  private Socket reader(String model, String text) throws IOException {
    var socket = stage.connection();
    socket.setReceiveBufferSize(8 * 1024);
    var body = body(model, text);
    socket
        .getOutputStream()
        .write(
            """
            POST /api/chat HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer jane\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s\
            """
                .formatted(body.length(), body)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String until(Socket reader, String text) throws IOException {
    var read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      var next = reader.getInputStream().read();
      if (next < 0) {
        return read.toString();
      }
      read.append((char) next);
    }
    return read.toString();
  }

  private static String said(List<Event> events) {
    var text = new StringBuilder();
    events.stream()
        .filter(one -> one.name().equals("text"))
        .forEach(one -> text.append(one.data().path("t").asText()));
    return text.toString();
  }

  private static List<Event> events(String body) {
    assertThat(body).doesNotContain("(cut)");
    var events = new ArrayList<Event>();
    for (var block : body.split("\n\n", -1)) {
      if (block.startsWith("event: ")) {
        var lines = block.split("\n", -1);
        try {
          events.add(
              new Event(
                  lines[0].substring(7), JSON.readTree(lines[1].substring("data: ".length()))));
        } catch (IOException wrong) {
          throw new UncheckedIOException(wrong);
        }
      }
    }
    return events;
  }
}
