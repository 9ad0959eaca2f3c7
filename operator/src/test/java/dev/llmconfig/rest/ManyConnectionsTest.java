package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many at once who keep a connection and hardly use it; somebody else asks something meanwhile.
@SuppressWarnings("NullAway.Init") // set in each test
class ManyConnectionsTest {

  private static final int SLOW = 500;
  private static final int STREAMS = 1_000;
  private static final int OF_ONE = 4;
  private static final int UNREAD = 8;
  private static final int OBJECTS = 100;
  private static final int CHANGES = 60;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Ref KEY = new Ref("agents", "openai");

  @TempDir Path directory;
  private final List<Socket> sockets = new ArrayList<>();
  private RestStage stage;

  private void start(Timings timings) {
    stage = new RestStage(directory, "/", RouteTable::of, List.of(), timings);
    stage.review.knows(
        "root", "root", Right.of("list", "apikeyconfigs"), Right.of("get", "apikeyconfigs"));
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(KEY, "k1", 1)), List.of(), List.of(), List.of()));
  }

  @AfterEach
  void stop() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    stage.close();
  }

  @Test
  void whoSendsHeadersALetterAtATimeIsEndedAndOthersAreServed() throws Exception {
    start(new Timings(Duration.ofSeconds(5), LONG, LONG, LONG));
    for (var at = 0; at < SLOW; at++) {
      write("GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    }

    assertThat(stage.get("root", "/config/api-keys/agents.openai").status()).isEqualTo(200);

    for (var socket : sockets) {
      assertThat(ended(socket)).as("however busy it looks").isTrue();
    }
    assertThat(stage.get("root", "/config/api-keys/agents.openai").status()).isEqualTo(200);
  }

  @Test
  void whoIsAnsweredMayAskAgain() throws Exception {
    start(new Timings(Duration.ofSeconds(1), LONG, LONG, LONG));
    var request = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    var socket = write(request);
    var lines = lines(socket);
    until(lines, "HTTP/1.1 200 OK");
    var ended = write("GET /");
    assertThat(ended(ended)).isTrue();
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    until(lines, "HTTP/1.1 200 OK");
  }

  @Test
  void aThousandIdleStreamsHearOfAChangeAndHinderNobody() throws Exception {
    start(new Timings(LONG, LONG, LONG, Duration.ofSeconds(1)));
    for (var at = 0; at < STREAMS; at++) {
      write(events("reader-", at));
    }
    var readers = new ArrayList<BufferedReader>();
    for (var socket : sockets) {
      var lines = lines(socket);
      until(lines, "event: hello");
      readers.add(lines);
    }
    for (var lines : readers) {
      until(lines, ":"); // though nothing happens
    }
    assertThat(stage.streams()).isEqualTo(STREAMS);

    stage.changes(new RowChange.KeyIs(Sample.keyRow(KEY, "k1", 2)));

    assertThat(stage.get("root", "/config/api-keys/agents.openai").status()).isEqualTo(200);
    for (var lines : readers) {
      until(lines, "event: upsert");
    }
  }

  @Test
  void whoSendsABodyALetterAtATimeIsEndedAndOthersAreServed() throws Exception {
    start(new Timings(LONG, Duration.ofSeconds(3), LONG, LONG));
    for (var at = 0; at < SLOW; at++) {
      write(
          "POST /api/config/api-keys HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer root\r\n"
              + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
    }

    assertThat(stage.get("root", "/config/api-keys/agents.openai").status()).isEqualTo(200);

    for (var socket : sockets) {
      assertThat(ended(socket)).as("however busy it looks").isTrue();
    }
    assertThat(stage.get("root", "/config/api-keys/agents.openai").status()).isEqualTo(200);
  }

  @Test
  void whoDoesNotReadAStreamIsCutOffAndOthersHearEverything() throws Exception {
    start(new Timings(LONG, LONG, Duration.ofSeconds(4), Duration.ofSeconds(1)));
    for (var at = 0; at < UNREAD; at++) {
      var socket = new Socket();
      socket.setReceiveBufferSize(1024);
      socket.connect(stage.address());
      write(socket, events("idler-", at));
    }
    var lines = lines(write(events("reader-", 0)));
    until(lines, "event: hello");
    await("all streams").atMost(LONG).until(() -> stage.streams() == UNREAD + 1);

    // More than the buffers of both ends take.
    for (var version = 2; version <= CHANGES; version++) {
      stage.changes(all(version));
      for (var told = 0; told < OBJECTS; told++) {
        until(lines, "event: upsert");
      }
      stage.pass(Duration.ofMillis(300)); // of one object not everything is told
      stage.beats();
    }

    await("those who do not read to be gone").atMost(LONG).until(() -> stage.streams() == 1);
    stage.changes(new RowChange.KeyIs(Sample.keyRow(KEY, "k1", CHANGES)));
    until(lines, "event: upsert");
    assertThat(stage.get("root", "/config/api-keys/agents.openai").status()).isEqualTo(200);
  }

  private static RowChange[] all(int version) {
    return IntStream.range(0, OBJECTS)
        .mapToObj(at ->
            new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "key-" + at), "u-" + at, version)))
        .toArray(RowChange[]::new);
  }

  /// A question of one of those who may read; each has four at most.
  private String events(String name, int at) {
    var who = name + at / OF_ONE;
    stage.review.knows(who, who, Right.of("list", "apikeyconfigs"));
    return "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
        .formatted(who);
  }

  private Socket write(String text) throws IOException {
    return write(stage.connection(), text);
  }

  private Socket write(Socket socket, String text) throws IOException {
    sockets.add(socket);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
  }

  private static void until(BufferedReader lines, String wanted) throws IOException {
    var line = lines.readLine();
    while (line != null && !line.endsWith(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).endsWith(wanted); // a body may end without a line of its own
  }

  /// Writes on, so that the connection is never idle.
  private static boolean ended(Socket socket) throws IOException {
    socket.setSoTimeout(100);
    for (var tries = 0; tries < 600; tries++) {
      try {
        socket.getOutputStream().write('x');
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException _) {
        // still there
      } catch (IOException _) {
        return true; // what was written came too late
      }
    }
    return false;
  }
}
