package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.KeyPhase;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a body may be. Nothing that is refused reaches an operation, and no answer repeats it.
@SuppressWarnings("NullAway.Init") // set before each test
class BodiesTest {

  private static final String CANARY = "sk-canary-0123456789abcdef";

  /// A form with every kind of field.
  record Form(
      String namespace,
      @Nullable String text,
      @Nullable Integer count,
      @Nullable Boolean flag,
      @Nullable KeyPhase phase,
      @Nullable Inner inner,
      @Nullable List<Inner> several,
      @Nullable Map<String, String> pairs) {}

  record Inner(String name, @Nullable Long size) {}

  private static final int PIECE = 1 << 16;
  private static final byte[] MANY = new byte[1 << 20];
  private static final int HUGE = 100 << 20;

  @TempDir Path directory;
  private final List<String> done = new CopyOnWriteArrayList<>();
  private RestStage stage;

  @BeforeEach
  void start() {
    stage =
        new RestStage(
            directory,
            "/",
            _ ->
                RouteTable.of(
                    List.of(
                        Route.post("/things", "Makes one.", new Sent.Form(Form.class))
                            .needs(new Needs.InNamespaceSent("create", "apikeyconfigs"))
                            .gives(Inner.class)
                            .answers(201)
                            .by(asked -> {
                              done.add(asked.sent().toString());
                              return Answer.of(201, new Inner("one", 1L));
                            }),
                        Route.patch("/things/{id}", "Changes it.", new Sent.MergePatch(Form.class))
                            .needs(new Needs.WithObject("patch", "apikeyconfigs"))
                            .matching()
                            .gives(Inner.class)
                            .by(asked -> {
                              done.add(asked.ifMatch() + " " + asked.sent());
                              return Answer.json(new Inner("one", 1L));
                            }),
                        Route.delete("/things/{id}", "Deletes it.")
                            .needs(new Needs.WithObject("delete", "apikeyconfigs"))
                            .answers(204)
                            .by(_ -> Answer.done()))));
    stage.review.knows(
        "jane",
        "jane",
        Right.of("create", "apikeyconfigs").in("agents"),
        Right.of("patch", "apikeyconfigs").in("agents"),
        Right.of("delete", "apikeyconfigs").in("agents"));
    stage.holds(new RestStage.Content(List.of(), List.of(), List.of(), List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void whatFitsComesThrough() {
    var body =
        """
        {"namespace": "agents", "text": "Grüße 🙂", "count": 3, "flag": true, "phase": "Ready",
         "inner": {"name": "a"}, "several": [{"name": "b", "size": 9007199254740993}], "pairs": {"x": "y"}}
        """;

    assertThat(post(body).status()).isEqualTo(201);

    assertThat(done).hasSize(1);
    assertThat(done.getFirst()).contains("Grüße 🙂", "9007199254740993");
    assertThat(post(body).header("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"sk-canary-0123456789abcdef\"",
        "{",
        "{\"namespace\": \"agents\", \"namespace\": \"agents\"}",
        "{\"namespace\": \"agents\"} {}",
        "{\"namespace\": \"agents\", \"count\": NaN}",
        "{\"namespace\": \"agents\", \"count\": 01}",
        "{\"namespace\": \"agents\", \"count\": 1000e2147483646}",
        "{\"namespace\": \"agents\", \"count\": 1e-2147483647}",
        "{\"namespace\": \"agents\", \"count\": 1e99999999999}",
        "{\"namespace\": \"agents\", 'text': \"x\"}",
        "{\"namespace\": \"agents\", \"text\": \"\\ud800\"}",
        "{\"namespace\": \"agents\", \"\\udc00\": \"x\"}",
        "{\"namespace\": \"agents\", /* why */ \"text\": \"x\"}",
        "{\"namespace\": \"agents\", \"text\": sk-canary-0123456789abcdef}",
      })
  void whatIsNoSingleClearObjectIsRefused(String body) {
    var refused = post(body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("reason").asText()).isEqualTo("MalformedJson");
    assertThat(refused.body()).doesNotContain(CANARY);
    assertThat(done).isEmpty();
  }

  @Test
  void depthEndsAtThirtyTwo() {
    assertThat(post("{\"namespace\": \"agents\", \"text\": " + nested(10_000) + "}").status())
        .isEqualTo(400);
    assertThat(post("{\"namespace\": \"agents\", \"text\": " + nested(33) + "}").status())
        .isEqualTo(400);
    // deep enough to be read, and of the wrong kind then
    assertThat(post("{\"namespace\": \"agents\", \"text\": " + nested(20) + "}").status())
        .isEqualTo(422);
    assertThat(done).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    var raw = "{\"namespace\": \"agents\", \"text\": \"\u00ff\u00fe\"}";
    var refused =
        stage.raw(
            "POST /api/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer jane\r\n"
                + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + raw.getBytes(StandardCharsets.ISO_8859_1).length
                + "\r\n\r\n"
                + raw);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(done).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    var refused =
        post(
            """
            {"namespace": "agents", "text": 1, "count": 1.5, "flag": "yes", "phase": "ready",
             "inner": {"size": -1}, "several": [{"name": "a"}, {"name": null}], "pairs": {"sk-canary-0123456789abcdef": 1}}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("problems").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "text", "count", "flag", "phase", "inner.name", "several[1].name", "pairs[]");
    assertThat(refused.body()).doesNotContain(CANARY);
    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Text", "TEXT", "texts", "text2"})
  void aFieldThatIsNotKnownIsRefusedByItsName(String name) {
    var refused =
        post(
            "{\"namespace\": \"agents\", \"%1$s\": \"x\", \"inner\": {\"name\": \"a\", \"%1$s\": 1}}"
                .formatted(name));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("reason").asText()).isEqualTo("UnknownField");
    assertThat(refused.json().path("problems").findValuesAsText("field"))
        .containsExactlyInAnyOrder(name, "inner." + name);
    assertThat(refused.json().path("detail").asText())
        .startsWith(name + " is not known here; known are count, flag, inner, namespace");
    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-canary-0123456789abcdef",
        "a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5",
        "two words",
        "<b>",
        "7seven",
        "unknownunknownunknownunknownunknownunknownunknownunknownunknownunknown"
      })
  void aNameThatMayBeAnythingIsNotRepeated(String name) {
    for (var sent : List.of("\"namespace\": \"agents\", \"%s\": 1", "\"%s\": 1, \"%1$s\": 2")) {
      var refused = post("{%s}".formatted(sent.formatted(name)));

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).doesNotContain("\"" + name, name + " ", name + "\"");
    }
    assertThat(done).isEmpty();
  }

  @Test
  void aFieldThatIsSaidTwiceIsNamed() {
    var refused = post("{\"namespace\": \"agents\", \"text\": \"a\", \"text\": \"b\"}");

    assertThat(refused.json().path("reason").asText()).isEqualTo("MalformedJson");
    assertThat(refused.json().path("detail").asText()).startsWith("The body says text twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "br", "deflate, gzip", "sk-canary-0123456789abcdef"})
  void aBodyThatIsPackedIsRefusedAsThat(String encoding) {
    var refused =
        stage.change(
            "POST",
            "jane",
            "/things",
            "{\"namespace\": \"agents\"}",
            "Content-Encoding: " + encoding);

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.json().path("detail").asText()).contains("Content-Encoding");
    assertThat(refused.body()).doesNotContain(CANARY);
    assertThat(done).isEmpty();
    assertThat(
            stage
                .change(
                    "POST",
                    "jane",
                    "/things",
                    "{\"namespace\": \"agents\"}",
                    "Content-Encoding: identity")
                .status())
        .isEqualTo(201);
  }

  @Test
  void theRightIsThatOfTheNamespaceInTheBody() {
    var elsewhere = post("{\"namespace\": \"tools\"}");
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(elsewhere.json().path("detail").asText())
        .isEqualTo("jane may not create apikeyconfigs in namespace tools.");

    for (var namespace : List.of("\"\"", "\"a/b\"", "7", "null", "\"" + "a".repeat(64) + "\"")) {
      var none = post("{\"namespace\": %s}".formatted(namespace));
      assertThat(none.status()).isEqualTo(422);
      assertThat(none.json().path("problems").get(0).path("field").asText()).isEqualTo("namespace");
    }
    assertThat(post("{}").status()).isEqualTo(422);
    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/merge-patch+json",
        ""
      })
  void aBodyThatIsNotSaidToBeJsonIsRefused(String type) {
    var refused =
        stage.change(
            "POST", "jane", "/things", "{\"namespace\": \"agents\"}", "Content-Type: " + type);

    assertThat(refused.status()).isEqualTo(415);
    assertThat(done).isEmpty();
  }

  @Test
  void aCharsetMayBeNamed() {
    var taken =
        stage.change(
            "POST",
            "jane",
            "/things",
            "{\"namespace\": \"agents\"}",
            "Content-Type: Application/JSON; charset=utf-8");

    assertThat(taken.status()).isEqualTo(201);
  }

  @Test
  void aPatchMayUnsetAndMustSayWhatItIsFor() {
    var body = "{\"text\": null, \"count\": 4}";
    var type = "Content-Type: application/merge-patch+json";

    var blind = stage.change("PATCH", "jane", "/things/agents.one", body, type);
    assertThat(blind.status()).isEqualTo(428);
    assertThat(blind.json().path("reason").asText()).isEqualTo("IfMatchRequired");
    assertThat(done).isEmpty();

    var seen =
        stage.change("PATCH", "jane", "/things/agents.one", body, type, "If-Match: \"u.1.2\"");
    assertThat(seen.status()).isEqualTo(200);
    assertThat(done).containsExactly("[\"u.1.2\"] {\"text\":null,\"count\":4}");
    assertThat(stage.change("PATCH", "jane", "/things/tools.one", body, "If-Match: *").status())
        .isEqualTo(403);
  }

  @Test
  void whatIsDoneWithoutAnythingToShowIsEmpty() {
    var gone = stage.change("DELETE", "jane", "/things/agents.one", "");

    assertThat(gone.status()).isEqualTo(204);
    assertThat(gone.body()).isEmpty();
  }

  @Test
  void moreThanAMebibyteIsRefusedWhetherItIsAnnouncedOrNot() {
    var large = "{\"namespace\": \"agents\", \"text\": \"" + "x".repeat(1024 * 1024) + "\"}";
    assertThat(post(large).status()).isEqualTo(413);

    var chunks = new StringBuilder();
    for (int at = 0; at < 40; at++) {
      chunks.append("10000\r\n").append("y".repeat(65_536)).append("\r\n");
    }
    var chunked =
        stage.raw(
            "POST /api/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer jane\r\n"
                + "Content-Type: application/json\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunks
                + "0\r\n\r\n");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(done).isEmpty();
    assertThat(post("{\"namespace\": \"agents\"}").status()).isEqualTo(201);
  }

  @Test
  void aHundredMegabytesAreRefusedAtOnceLetGoByAndHeldNowhere() throws Exception {
    try (var socket = stage.connection()) {
      var begun = System.nanoTime();
      send(socket, head("Content-Length: " + HUGE));
      assertThat(status(socket)).as("before any of it has come").contains(" 413 ");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      var before = held();
      for (int at = 0; at < HUGE - PIECE; at += PIECE) {
        socket.getOutputStream().write(MANY, 0, PIECE);
      }
      assertThat(held() - before).as("bytes held").isLessThan(16 << 20);
      socket.getOutputStream().write(MANY, 0, PIECE);

      send(socket, head("Content-Length: 22") + "{\"namespace\":\"agents\"}");
      assertThat(status(socket)).as("on the same connection").doesNotContain(" 413 ");
    }
  }

  @Test
  void aBodyWithoutAnEndIsLetGoByUpToAMeasureAndThenCut() throws Exception {
    try (var socket = stage.connection()) {
      send(socket, head("Transfer-Encoding: chunked"));
      var sent = 0L;
      try {
        while (sent < 4L * HUGE) {
          send(socket, "100000\r\n");
          socket.getOutputStream().write(MANY);
          send(socket, "\r\n");
          sent += MANY.length;
        }
      } catch (SocketException _) {
        // that is the cut
      }
      assertThat(sent).as("bytes").isBetween(100L << 20, 200L << 20);
    }
    assertThat(post("{\"namespace\": \"agents\"}").status()).isEqualTo(201);
  }

  @Test
  void whoEndsTheConnectionWithAHugeBodyComesToReadWhy() throws Exception {
    try (var socket = stage.connection()) {
      send(socket, head("Content-Length: " + HUGE + "\r\nConnection: close"));
      for (int at = 0; at < HUGE; at += PIECE) {
        socket.getOutputStream().write(MANY, 0, PIECE);
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 413 ")
          .endsWith("}");
    }
    assertThat(done).isEmpty();
  }

  private static String head(String headers) {
    return "POST /api/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer jane\r\n"
        + "Content-Type: application/json\r\n"
        + headers
        + "\r\n\r\n";
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// The first line of the next answer; the rest of that answer is read, too.
  private static String status(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    var length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head);
    assertThat(length.find()).isTrue();
    in.skipNBytes(Long.parseLong(length.group(1)));
    return head.substring(0, head.indexOf("\r\n"));
  }

  private static long held() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
  }

  @Test
  void otherMethodsNameThoseThatThereAre() {
    var refused = stage.change("PUT", "jane", "/things/agents.one", "{}");

    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo("PATCH, DELETE");
  }

  private RestStage.Heard post(String body) {
    return stage.change("POST", "jane", "/things", body);
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }
}
