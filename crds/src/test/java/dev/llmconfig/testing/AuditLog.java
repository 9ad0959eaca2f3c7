package dev.llmconfig.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/// The API server's own list of the requests that it has answered.
public final class AuditLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Actor admin;

  AuditLog(Path file, Actor admin) {
    this.file = file;
    this.admin = admin;
  }

  /// A place in the list; what was asked before it is not counted.
  public record Mark(long offset) {}

  public Mark mark() {
    return new Mark(fence(new Mark(file.toFile().length())).end());
  }

  /// All requests that were answered since, whoever sent them.
  public Requests since(Mark mark) {
    var requests = new ArrayList<Requests.Request>();
    for (var line : fence(mark).lines()) {
      var event = parse(line);
      if (event.path("stage").asText().equals("ResponseComplete") || startsWatch(event)) {
        requests.add(Requests.Request.of(event));
      }
    }
    return new Requests(List.copyOf(requests));
  }

  /// A watch is answered when it begins; its end may come with the end of the test.
  private static boolean startsWatch(JsonNode event) {
    return event.path("stage").asText().equals("ResponseStarted")
        && event.path("verb").asText().equals("watch");
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whole lines, and the offset behind the last of them.
  private record Tail(String text, long end) {
    List<String> lines() {
      return text.lines().toList();
    }
  }

  /// A line may be written a moment after its answer was sent. So we ask for something that nobody
  /// else asks for, and wait until that line is there.
  private Tail fence(Mark mark) {
    var name = "fence-" + UUID.randomUUID();
    admin.client().configMaps().inNamespace("default").withName(name).get();
    return Awaitility.await("the audit log to have the request for " + name)
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> read(mark.offset()), tail -> tail.text().contains(name));
  }

  /// Whole lines only: the last one may be in the making.
  private Tail read(long offset) throws IOException {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      if (log.length() < offset) {
        throw new IllegalStateException(
            "The audit log was rotated during the test, so its requests cannot be counted; run the"
                + " test again.");
      }
      log.seek(offset);
      var bytes = new byte[Math.toIntExact(log.length() - offset)];
      log.readFully(bytes);
      var whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      return new Tail(new String(bytes, 0, whole, StandardCharsets.UTF_8), offset + whole);
    }
  }
}
