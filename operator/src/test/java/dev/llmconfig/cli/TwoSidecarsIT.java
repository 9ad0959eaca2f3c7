package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two replicas behind one address, of which every request may meet the other one.
@ExtendWith(ControlPlaneExtension.class)
class TwoSidecarsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int EDITS = 200;
  private static final int CONFIGS = 5;
  private static final int EVENTS_EACH_TIME = 6;
  private static final String KEY = RunningOperator.newKey();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path first;
  @TempDir Path second;

  /// What somebody has seen of the objects; older states of one are not taken, as the page does it.
  private static final class Seen {
    private final Map<String, JsonNode> rows = new ConcurrentHashMap<>();
    private final Queue<String> backwards = new ConcurrentLinkedQueue<>();

    void take(JsonNode row) {
      rows.merge(
          row.path("id").asText(),
          row,
          (held, come) -> {
            if (come.path("rv").asLong() < held.path("rv").asLong()) {
              return held;
            }
            if (come.path("generation").asLong() < held.path("generation").asLong()) {
              backwards.add("%s after %s".formatted(come, held));
            }
            return come;
          });
    }

    Map<String, Double> temperatures() {
      var all = new TreeMap<String, Double>();
      rows.forEach((id, row) -> all.put(id, row.at("/parameters/temperature").asDouble()));
      return all;
    }
  }

  /// Both replicas, as whoever asks through one address has them.
  private record Address(HttpClient http, List<Integer> ports, String token) {

    HttpRequest.Builder to(int replica, String path) {
      return HttpRequest.newBuilder(
              URI.create(
                  "http://127.0.0.1:%d/api%s".formatted(ports.get(replica % ports.size()), path)))
          .header("Authorization", "Bearer " + token)
          .header("Content-Type", "application/json")
          .header("If-Match", "*");
    }

    JsonNode ask(int replica, int status, String method, String path, String body)
        throws Exception {
      var answer =
          http.send(
              to(replica, path).method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return JSON.readTree(answer.body());
    }

    /// What the replica shows of that generation; one that gives up waiting says so, and is asked
    /// again.
    JsonNode shown(int replica, String path, long generation, AtomicInteger behind)
        throws Exception {
      while (true) {
        var answer =
            http.send(
                to(replica, path + "?minGeneration=" + generation).build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (answer.headers().firstValue("x-llmconfig-mirror").isEmpty()) {
          return JSON.readTree(answer.body());
        }
        assertThat(behind.incrementAndGet()).as("answers that were behind").isLessThan(20);
      }
    }
  }

  /// Follows the events, and goes to the other replica now and then with the id of the last one.
  private static final class Follower implements Runnable {
    private final Address address;
    private final String space;
    private final Seen seen = new Seen();
    private final AtomicInteger visits = new AtomicInteger();
    private volatile boolean enough;
    private int replica;
    private String lastId = "";

    Follower(Address address, String space, int replica) {
      this.address = address;
      this.space = space;
      this.replica = replica;
    }

    @Override
    public void run() {
      while (!enough) {
        try {
          visit();
        } catch (IOException | UncheckedIOException _) {
          visits.incrementAndGet(); // it ended this one, and is come back to
        } catch (Exception failed) {
          seen.backwards.add(failed.toString());
          return;
        }
        replica++;
      }
    }

    private void visit() throws Exception {
      var asked = address.to(replica, "/events?kind=ModelConfig&namespace=" + space);
      if (!lastId.isEmpty()) {
        asked.header("Last-Event-ID", lastId);
      }
      var answer = address.http().send(asked.build(), BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        if (answer.statusCode() != 200) {
          return; // the stream before this one is not known to have ended
        }
        visits.incrementAndGet();
        var told = 0;
        var id = "";
        var name = "";
        for (var line = lines.readLine();
            line != null && told < EVENTS_EACH_TIME && !enough;
            line = lines.readLine()) {
          if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.startsWith("event: ")) {
            name = line.substring(7);
          } else if (line.startsWith("data: ")) {
            told += hear(name, JSON.readTree(line.substring(6)));
          } else if (line.isEmpty() && !id.isEmpty()) {
            lastId = id;
          }
        }
      }
    }

    private int hear(String name, JsonNode data) throws Exception {
      if (name.equals("refresh")) {
        address
            .ask(replica, 200, "GET", "/config/model-configs?namespace=" + space, "")
            .path("items")
            .forEach(seen::take);
      } else if (name.equals("upsert")) {
        seen.take(data.path("item"));
        return 1;
      }
      return 0;
    }
  }

  @Test
  void nothingGoesBackInTimeAndNoChangeIsMissed(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var jane =
        plane.actor(
            "jane",
            new PolicyRuleBuilder()
                .withApiGroups("llmconfig.dev")
                .withResources("apikeyconfigs", "modelconfigs")
                .withVerbs("get", "list", "watch", "create", "update", "patch", "delete")
                .build());
    var account = RunningOperator.account(plane);
    var space = plane.namespace();
    try (var _ = RunningOperator.start(plane, account, KEY, "--data-dir", first.toString());
        var _ = RunningOperator.start(plane, account, KEY, "--data-dir", second.toString());
        var one = RunningSidecar.start(plane, first, KEY);
        var other = RunningSidecar.start(plane, second, KEY);
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var address =
          new Address(
              http,
              List.of(one.port(), other.port()),
              String.valueOf(jane.client().getConfiguration().getOauthToken()));
      for (int replica : List.of(0, 1)) {
        await("both mirrors")
            .atMost(SOON)
            .untilAsserted(
                () -> address.ask(replica, 200, "GET", "/config/api-keys?namespace=" + space, ""));
      }
      address.ask(
          0,
          201,
          "POST",
          "/config/api-keys",
          "{\"namespace\": \"%s\", \"name\": \"echo\", \"provider\": \"Echo\"}".formatted(space));
      for (var config = 0; config < CONFIGS; config++) {
        address.ask(
            config,
            201,
            "POST",
            "/config/model-configs",
            "{\"namespace\": \"%s\", \"name\": \"m%d\", \"apiKeyRef\": {\"name\": \"echo\"}, \"model\": \"echo\"}"
                .formatted(space, config));
      }
      var followers = List.of(new Follower(address, space, 0), new Follower(address, space, 1));
      var threads = followers.stream().map(Thread::startVirtualThread).toList();

      var wanted = new TreeMap<String, Double>();
      var reader = new Seen();
      var behind = new AtomicInteger();
      var wrong = new ArrayList<String>();
      for (var edit = 0; edit < EDITS; edit++) {
        var id = "%s.m%d".formatted(space, edit % CONFIGS);
        var temperature = (edit + 1) / 100.0;
        var written =
            address.ask(
                edit,
                200,
                "PUT",
                "/config/models/%s/parameters".formatted(id),
                "{\"temperature\": %s}".formatted(temperature));
        wanted.put(id, temperature);
        for (var replica = edit + 1; replica < edit + 3; replica++) {
          var shown =
              address.shown(
                  replica,
                  "/config/model-configs/" + id,
                  written.path("generation").asLong(),
                  behind);
          reader.take(shown);
          if (shown.at("/parameters/temperature").asDouble() != temperature) {
            wrong.add("edit %d: %s".formatted(edit, shown));
          }
        }
        if (edit % 40 == 39) {
          // What is lost here is not made up for by a later edit.
          await("every follower to have heard of each change")
              .atMost(SOON)
              .untilAsserted(() ->
                  assertThat(followers)
                      .allSatisfy(
                          follower -> assertThat(follower.seen.temperatures()).isEqualTo(wanted)));
        }
      }

      assertThat(wrong).as("answers that are older than they were asked to be").isEmpty();
      assertThat(reader.backwards).isEmpty();
      assertThat(reader.temperatures()).isEqualTo(wanted);
      for (var follower : followers) {
        follower.enough = true;
        assertThat(follower.seen.backwards).isEmpty();
        assertThat(follower.visits.get()).as("visits, at both replicas").isGreaterThan(3);
      }
      http.shutdownNow();
      for (var thread : threads) {
        thread.join();
      }
    }
  }
}
