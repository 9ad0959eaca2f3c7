package dev.llmconfig.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Somebody who follows the events as the page does it: when a stream ends they come back with the
/// number of the last event.
final class Listener implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration VERY_LONG = Duration.ofHours(1);

  private final Entrance entrance;
  private final String namespace;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final Map<String, Long> generations = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean welcome;
  private String lastId = "";

  Listener(Entrance entrance, String namespace) {
    this.entrance = entrance.another();
    this.namespace = namespace;
    this.thread = Thread.startVirtualThread(this::follow);
  }

  private void follow() {
    try {
      do {
        ends.add(visit());
        welcome = false;
      } while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// How it ended: with the reason of a `bye`, or with what went wrong.
  private String visit() throws InterruptedException {
    var request = entrance.to("/api/events?namespace=" + namespace).timeout(VERY_LONG);
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      var answer = entrance.http().send(request.build(), BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        return answer.statusCode() == 200 ? told(lines) : "status " + answer.statusCode();
      }
    } catch (IOException | UncheckedIOException cut) {
      return "cut: " + cut.getMessage();
    }
  }

  private String told(BufferedReader lines) throws IOException {
    var name = "";
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        lastId = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        var data = Entrance.json(line.substring(6));
        switch (name) {
          case "hello" -> welcome = true;
          case "upsert" -> heard(data.path("item"));
          case "refresh" ->
              Entrance.json(entrance.get("/api/config/model-configs?namespace=" + namespace).body())
                  .path("items")
                  .forEach(this::heard);
          case "bye" -> {
            return "bye " + data.path("reason").asText();
          }
          default -> {}
        }
      }
    }
    return "ended without a word";
  }

  private void heard(JsonNode item) {
    generations.merge(item.path("id").asText(), item.path("generation").asLong(), Math::max);
  }

  /// Whether the server has said hello to the stream that there is now.
  boolean isWelcome() {
    return welcome;
  }

  /// How each stream so far ended.
  List<String> ends() {
    return List.copyOf(ends);
  }

  /// The newest generation that was told of this object.
  long generation(String id) {
    return generations.getOrDefault(id, 0L);
  }

  @Override
  public void close() {
    over.countDown();
    thread.interrupt();
  }
}
