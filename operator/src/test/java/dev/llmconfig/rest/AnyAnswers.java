package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Sends whatever requests there are to a server and holds each answer against the document that
/// the server has of itself.
public final class AnyAnswers {

  private static final int ENOUGH = 12;
  private static final int RENEWED = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What there was at all.
  ///
  /// @param refused operations that never came to a good end
  public record Seen(Set<Integer> statuses, Set<String> refused) {
    public Seen {
      statuses = Set.copyOf(statuses);
      refused = Set.copyOf(refused);
    }
  }

  private AnyAnswers() {}

  /// The same where the key and the config of the examples are to be there, which requests delete.
  public static Seen holdFurnished(AnyWorld world, long seed, int number) throws IOException {
    var requests = new AtomicInteger();
    return hold(
        world,
        seed,
        number,
        _ -> {
          if (requests.getAndIncrement() % RENEWED == 0) {
            make(world, "api-keys", "openai-team-a", "\"provider\": \"Echo\"");
            make(
                world,
                "model-configs",
                "support",
                "\"apiKeyRef\": {\"name\": \"openai-team-a\"}, \"model\": \"echo\"");
          }
        });
  }

  private static void make(AnyWorld world, String kind, String name, String fields) {
    var body =
        "{\"namespace\": \"%s\", \"name\": \"%s\", %s}".formatted(world.namespace(), name, fields);
    var request =
        new AnyRequest(
            "POST",
            "",
            "/config/" + kind,
            List.of(
                "Host: localhost",
                "Authorization: Bearer " + world.token(),
                "Content-Type: application/json"),
            body.getBytes(StandardCharsets.UTF_8));
    await("the objects that requests are about")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(exchange(world, request.wire(), false).status()).isIn(201, 409));
  }

  /// Every operation about equally often.
  ///
  /// @param meanwhile told of each request before it is sent
  public static Seen hold(AnyWorld world, long seed, int number, Consumer<AnyRequest> meanwhile)
      throws IOException {
    var document =
        JSON.readTree(
            exchange(
                    world,
                    "GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    false)
                .body());
    var documented = new Documented(document);
    var requests = new AnyRequests(document, world, seed);
    assertThat(number)
        .as("at least a request for each operation")
        .isGreaterThan(requests.operations());
    var statuses = new TreeSet<Integer>();
    var answered = new TreeSet<String>();
    var refused = new TreeSet<String>();
    var wrong = new ArrayList<String>();
    for (int at = 0; at < number && wrong.size() < ENOUGH; at++) {
      var request = requests.next();
      if (!answered.contains(request.operation())) {
        refused.add(request.operation());
      }
      meanwhile.accept(request);
      RestStage.Heard heard;
      try {
        heard = exchange(world, request.wire(), request.route().equals("/events"));
      } catch (IOException | RuntimeException broken) {
        if (request.tooLong()) {
          continue;
        }
        wrong.add("%s%n  %s".formatted(broken, request.curl(world.address().getPort())));
        continue;
      }
      if (heard.status() < 400) {
        refused.remove(request.operation());
        answered.add(request.operation());
      }
      statuses.add(heard.status());
      var problems = problems(world, documented, request, heard);
      if (!problems.isEmpty()) {
        wrong.add(
            "request %d, %d, %s%n  %s%n  %s"
                .formatted(
                    at,
                    heard.status(),
                    problems,
                    request.curl(world.address().getPort()),
                    heard.body().substring(0, Math.min(600, heard.body().length()))));
      }
    }
    assertThat(wrong).as("seed %d", seed).isEmpty();
    return new Seen(statuses, refused);
  }

  private static List<String> problems(
      AnyWorld world, Documented documented, AnyRequest request, RestStage.Heard heard) {
    var problems = new ArrayList<>(documented.problems(request.method(), request.target(), heard));
    if (documented.path(request.target()).isEmpty()
        && !List.of(400, 404, 414, 421, 431).contains(heard.status())) {
      problems.add("there is nothing at that address");
    }
    if (heard.status() == 405) {
      problems.add("the document knows the method");
    }
    if (heard.status() >= 500 && !excused(world, request, heard)) {
      problems.add("the server has failed");
    }
    return problems;
  }

  /// What is not there cannot be told; all else is a failure of ours.
  private static boolean excused(AnyWorld world, AnyRequest request, RestStage.Heard heard) {
    var provider = request.route().equals("/chat") || request.target().contains("strict=true");
    return heard.status() > 500
        && (provider
            || request.method().equals("HEAD")
            || world.away().contains(heard.json().path("reason").asText()));
  }

  /// @param endless whether the answer has no end: then its first event is enough
  private static RestStage.Heard exchange(AnyWorld world, String request, boolean endless)
      throws IOException {
    try (var socket = new Socket(world.address().getAddress(), world.address().getPort())) {
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var all = new ByteArrayOutputStream();
      var part = new byte[64 * 1024];
      for (var more = socket.getInputStream().read(part);
          more >= 0 && !(endless && said(all, part, more));
          more = socket.getInputStream().read(part)) {
        all.write(part, 0, more);
      }
      return RestStage.heard(all.toString(StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean said(ByteArrayOutputStream all, byte[] part, int more) {
    var here = new String(part, 0, more, StandardCharsets.ISO_8859_1);
    if (!here.contains("event: ")) {
      return false;
    }
    all.write(part, 0, more);
    return true;
  }
}
