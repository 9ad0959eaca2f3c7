package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.access.ReviewRefused;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody is told of changes, and from where they go on.
@SuppressWarnings("NullAway.Init") // set before each test
class EventRouteTest {

  private static final Right LIST_KEYS = Right.of("list", "apikeyconfigs");
  private static final Right LIST_CONFIGS = Right.of("list", "modelconfigs");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;
  private final List<Listener> listeners = new ArrayList<>();
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows("root", "root", LIST_KEYS, LIST_CONFIGS);
    stage.review.knows("jane", "jane", LIST_KEYS.in("agents"));
    stage.review.knows("nobody", "nobody");
    stage.holds(
        new RestStage.Content(
            List.of(
                Sample.keyRow(new Ref("agents", "openai"), "k1", 3),
                Sample.keyRow(new Ref("tools", "openai"), "k2", 4)),
            List.of(Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5)),
            List.of(),
            List.of(Sample.agentRow(new Ref("agents", "chat"), "a1", 7))));
  }

  @AfterEach
  void stop() {
    listeners.forEach(Listener::close);
    stage.close();
  }

  @Test
  void changesAreToldAsTheListsShowThem() {
    var heard = listen("root", "");
    var hello = heard.next();
    assertThat(hello.name()).isEqualTo("hello");
    assertThat(hello.data().path("stale").asBoolean(true)).isFalse();
    assertThat(hello.id())
        .isEqualTo(hello.data().path("epoch").asText() + "-" + hello.data().path("seq").asText());

    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 4)));
    var upsert = heard.next();
    assertThat(upsert.name()).isEqualTo("upsert");
    assertThat(upsert.data().path("kind").asText()).isEqualTo("ApiKeyConfig");
    assertThat(upsert.data().path("id").asText()).isEqualTo("agents.openai");
    assertThat(upsert.data().path("item"))
        .isEqualTo(stage.get("root", "/config/api-keys?namespace=agents").json().at("/items/0"));

    stage.changes(new RowChange.AgentIs(Sample.agentRow(new Ref("agents", "chat"), "a1", 8)));
    var agent = heard.next();
    assertThat(agent.data().path("id").asText()).isEqualTo("agents.Deployment.chat");
    assertThat(agent.data().path("item"))
        .isEqualTo(stage.get("root", "/agents").json().at("/items/0"));

    stage.changes(new RowChange.Gone(ObjectKind.ModelConfig, new Ref("agents", "support")));
    var gone = heard.next();
    assertThat(gone.name()).isEqualTo("delete");
    assertThat(gone.data().toString())
        .isEqualTo("{\"kind\":\"ModelConfig\",\"id\":\"agents.support\"}");
  }

  @Test
  void everybodyHearsOfWhatTheyMayListAndOfWhatTheyAskedFor() {
    var jane = listen("jane", "");
    var configs = listen("root", "?kind=ModelConfig");
    var tools = listen("root", "?namespace=tools");
    for (var one : List.of(jane, configs, tools)) {
      assertThat(one.next().name()).isEqualTo("hello");
    }

    stage.changes(
        new RowChange.KeyIs(Sample.keyRow(new Ref("tools", "openai"), "k2", 5)),
        new RowChange.ModelConfigIs(Sample.modelConfigRow(new Ref("agents", "support"), "m1", 6)),
        new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 5)));

    assertThat(jane.next().data().path("id").asText()).isEqualTo("agents.openai");
    assertThat(configs.next().data().path("id").asText()).isEqualTo("agents.support");
    assertThat(tools.next().data().path("id").asText()).isEqualTo("tools.openai");
    assertThat(stage.get("nobody", "/events").status()).isEqualTo(403);
    assertThat(stage.get("jane", "/events?kind=Agent").json().path("resource").asText())
        .isEqualTo("modelconfigs.llmconfig.dev");
    assertThat(stage.get("jane", "/events?namespace=tools").status()).isEqualTo(403);
    assertThat(stage.get("", "/events").status()).isEqualTo(401);
    assertThat(stage.get("root", "/events?kind=Secret").status()).isEqualTo(400);
  }

  @Test
  void whoComesBackGoesOnWithoutLossOrRepetition() {
    var first = listen("root", "");
    var seen = new ArrayList<String>();
    var last = first.next().id();
    for (int round = 0; round < 5; round++) {
      for (int at = 0; at < 3; at++) {
        stage.changes(
            new RowChange.KeyIs(
                Sample.keyRow(new Ref("agents", "k-%d-%d".formatted(round, at)), "u", 1)));
      }
      var again = listen("root", "", "Last-Event-ID: " + last);
      assertThat(again.next().name()).isEqualTo("hello");
      for (int at = 0; at < 3; at++) {
        var event = again.next();
        seen.add(event.data().path("id").asText());
        last = event.id();
      }
      again.close();
    }
    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.range(0, 15)
                .mapToObj(n -> "agents.k-%d-%d".formatted(n / 3, n % 3))
                .toList());
  }

  @Test
  void whoComesFromElsewhereListsEverythingAgain() {
    for (var unknown : List.of("another-17", "nonsense", "-", "another--1")) {
      var heard = listen("root", "", "Last-Event-ID: " + unknown);
      assertThat(heard.next().name()).isEqualTo("hello");
      var kinds = new HashSet<String>();
      for (int at = 0; at < 3; at++) {
        var event = heard.next();
        assertThat(event.name()).isEqualTo("refresh");
        kinds.add(event.data().path("kind").asText());
        assertThat(event.id().isEmpty())
            .as("only the last one can be gone on from")
            .isEqualTo(at < 2);
      }
      assertThat(kinds).containsExactlyInAnyOrder("ApiKeyConfig", "ModelConfig", "Agent");
      heard.close();
    }
    var jane = listen("jane", "", "Last-Event-ID: nonsense");
    assertThat(jane.next().name()).isEqualTo("hello");
    assertThat(jane.next().data().path("kind").asText()).isEqualTo("ApiKeyConfig");
  }

  @Test
  void aStormIsOneSentence() {
    var heard = listen("root", "");
    assertThat(heard.next().name()).isEqualTo("hello");

    stage.changes(
        IntStream.range(0, 150)
            .mapToObj(at ->
                new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "many-" + at), "u" + at, 1)))
            .toArray(RowChange[]::new));

    var event = heard.next();
    assertThat(event.name()).isEqualTo("refresh");
    assertThat(event.data().path("kind").asText()).isEqualTo("ApiKeyConfig");
    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 9)));
    assertThat(heard.next().data().path("id").asText()).isEqualTo("agents.openai");
  }

  @Test
  void anObjectThatNeverRestsIsToldInItsNewestStateAndHoldsUpNoOther() {
    var heard = listen("root", "");
    assertThat(heard.next().name()).isEqualTo("hello");

    // The clock stands still, so it is told once until a quarter of a second has passed.
    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 10)));
    assertThat(heard.next().data().path("item").path("rv").asText()).isEqualTo("10");
    for (int at = 11; at < 20; at++) {
      stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", at)));
    }
    stage.pass(Duration.ofMillis(300));

    assertThat(heard.next().data().path("item").path("rv").asText()).isEqualTo("19");
    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("tools", "openai"), "k2", 9)));
    assertThat(heard.next().data().path("id").asText()).isEqualTo("tools.openai");
  }

  @Test
  void anotherFileIsAnotherEpoch() {
    var heard = listen("root", "");
    var before = heard.next().data().path("epoch").asText();

    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(new Ref("agents", "new"), "k9", 1)),
            List.of(),
            List.of(),
            List.of()));

    var hello = heard.next();
    assertThat(hello.name()).isEqualTo("hello");
    assertThat(hello.data().path("epoch").asText()).isNotEqualTo(before);
    assertThat(heard.next().name()).isEqualTo("refresh");
  }

  @Test
  void thatTheRowsAreOldIsToldOnceAndThatTheyAreNotAgain() {
    var heard = listen("root", "");
    assertThat(heard.next().name()).isEqualTo("hello");

    stage.pass(Duration.ofSeconds(31));
    var old = heard.next();
    assertThat(old.name()).isEqualTo("freshness");
    assertThat(old.data().path("stale").asBoolean()).isTrue();

    stage.beats();
    assertThat(heard.next().data().path("stale").asBoolean(true)).isFalse();
  }

  @Test
  void whoIsNotLetAskForAMomentHearsOnAndNoLongerThanThat() {
    var caller = stage.review.knows("guest", "guest", LIST_KEYS);
    var heard = listen("guest", "");
    assertThat(heard.next().name()).isEqualTo("hello");

    stage.review.refuses(caller, () -> ReviewRefused.whoAsks("status 403"));
    for (int at = 30; at < 32; at++) {
      stage.pass(Duration.ofSeconds(11));
      stage.beats();
      stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", at)));
      assertThat(heard.next().data().path("item").path("rv").asText()).isEqualTo("" + at);
      assertThat(stage.get("guest", "/config/api-keys").status()).isEqualTo(200);
    }

    stage.pass(Duration.ofSeconds(31));
    stage.beats();
    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 32)));
    assertThat(heard.next().data().path("reason").asText()).isEqualTo("ApiServerUnavailable");
    assertThat(heard.ended()).isTrue();
  }

  @Test
  void whoMayNoLongerHearsNothingMore() {
    var caller = stage.review.knows("guest", "guest", LIST_KEYS);
    var heard = listen("guest", "");
    assertThat(heard.next().name()).isEqualTo("hello");

    stage.review.knows("guest", "guest");
    stage.pass(Duration.ofSeconds(11));
    stage.beats();
    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 30)));

    assertThat(heard.next().data().path("reason").asText()).isEqualTo("Forbidden");
    assertThat(heard.ended()).isTrue();

    stage.review.knows("guest", "guest", LIST_KEYS);
    stage.pass(Duration.ofSeconds(11));
    stage.beats();
    var second = listen("guest", "");
    assertThat(second.next().name()).isEqualTo("hello");
    stage.review.forgets(caller);
    stage.pass(Duration.ofSeconds(11));
    stage.beats();
    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 31)));
    assertThat(second.next().data().path("reason").asText()).isEqualTo("TokenRejected");
  }

  @Test
  void fourStreamsAreEnoughForAnybody() {
    for (int at = 0; at < 4; at++) {
      assertThat(listen("root", "").next().name()).isEqualTo("hello");
    }
    var fifth = stage.get("root", "/events");
    assertThat(fifth.status()).isEqualTo(429);
    assertThat(fifth.header("Retry-After")).isNotEmpty();
    assertThat(listen("jane", "").next().name()).isEqualTo("hello");

    listeners.getFirst().close();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(listen("root", "").next().name()).isEqualTo("hello"));
  }

  @Test
  void aServerThatEndsSaysGoodBye() {
    var heard = listen("root", "");
    assertThat(heard.next().name()).isEqualTo("hello");

    stage.endServer();

    var bye = heard.next();
    assertThat(bye.name()).isEqualTo("bye");
    assertThat(heard.ended()).isTrue();
  }

  /// Idle streams ask the file once for all of them, and wake up for what concerns them.
  @Test
  void aThousandWhoWaitCostNextToNothing() throws Exception {
    for (int at = 0; at < 250; at++) {
      stage.review.knows("user-" + at, "user-" + at, LIST_KEYS);
    }
    assertThat(listen("root", "?namespace=agents").next().name()).isEqualTo("hello");
    listeners.removeLast().close();
    var before = Thread.getAllStackTraces().size();
    for (int at = 0; at < 1_000; at++) {
      listen("user-" + at / 4, "?namespace=agents");
    }
    for (var one : listeners) {
      assertThat(one.next().name()).isEqualTo("hello");
    }
    var threads = Thread.getAllStackTraces().size();

    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 40)));

    for (var one : listeners) {
      assertThat(one.next().data().path("id").asText()).isEqualTo("agents.openai");
    }
    assertThat(threads - before).as("no thread of its own for a reader").isLessThan(100);
  }

  private record Event(String id, String name, JsonNode data) {}

  private Listener listen(String who, String query, String... headers) {
    var listener = new Listener(stage, who, query, headers);
    listeners.add(listener);
    return listener;
  }

  /// Somebody at the other end of a stream.
  private static final class Listener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    Listener(RestStage stage, String who, String query, String... headers) {
      try {
        socket = stage.connection();
        var more = new StringBuilder();
        for (var header : headers) {
          more.append(header).append("\r\n");
        }
        socket
            .getOutputStream()
            .write(
                "GET /api/events%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
                    .formatted(query, who, more)
                    .getBytes(StandardCharsets.US_ASCII));
        lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Sizes of pieces stand between, and say nothing here.
    Event next() {
      try {
        var id = "";
        var name = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.startsWith("event: ")) {
            name = line.substring(7);
          } else if (line.startsWith("data: ")) {
            return new Event(id, name, JSON.readTree(line.substring(6)));
          } else if (line.startsWith("HTTP/1.1 ")) {
            assertThat(line).isEqualTo("HTTP/1.1 200 OK");
          }
        }
        throw new AssertionError("the stream has ended");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean ended() {
      try {
        var line = lines.readLine();
        while (line != null && !line.equals("0")) {
          line = lines.readLine();
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
