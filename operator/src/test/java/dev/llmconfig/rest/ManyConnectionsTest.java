package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many at once who keep a connection and hardly use it; somebody else asks something meanwhile.
@SuppressWarnings("NullAway.Init") // set in each test
class ManyConnectionsTest {

  private static final int SLOW = 500;
  private static final int STREAMS = 1_000;
  private static final int OF_ONE = 4;
  private static final Ref KEY = new Ref("agents", "openai");

  @TempDir Path directory;
  private final List<Socket> sockets = new ArrayList<>();
  private RestStage stage;

  private void start(Duration firstRequest) {
    stage = new RestStage(directory, "/", RouteTable::of, List.of(), firstRequest);
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
    start(Duration.ofSeconds(5));
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
    start(Duration.ofSeconds(1));
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
    start(Duration.ofSeconds(30));
    for (var at = 0; at < STREAMS; at++) {
      var who = "reader-" + at / OF_ONE;
      if (at % OF_ONE == 0) {
        stage.review.knows(who, who, Right.of("list", "apikeyconfigs"));
      }
      write(
          "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(who));
    }
    var readers = new ArrayList<BufferedReader>();
    for (var socket : sockets) {
      var lines = lines(socket);
      until(lines, "event: hello");
      readers.add(lines);
    }

    stage.changes(new RowChange.KeyIs(Sample.keyRow(KEY, "k1", 2)));

    assertThat(stage.get("root", "/config/api-keys/agents.openai").status()).isEqualTo(200);
    for (var lines : readers) {
      until(lines, "event: upsert");
    }
  }

  private Socket write(String text) throws IOException {
    var socket = stage.connection();
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
