package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An API server that takes every question and answers none: the first who asks waits for it, and
/// nobody else; one that is slow is written to.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SidecarOutageIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  /// Six seconds, and what the machine adds.
  private static final Duration FIRST = Duration.ofSeconds(8);

  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration HEALED = Duration.ofSeconds(4);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path data;

  private final HttpClient http = HttpClient.newHttpClient();
  private ControlPlane plane;
  private RunningOperator operator;
  private Actor jane;
  private SidecarProcess sidecar;

  private record Heard(int status, String reason, JsonNode body, Duration took) {}

  @BeforeEach
  void begin(ControlPlane plane) throws Exception {
    this.plane = plane;
    Crds.install(plane);
    operator =
        RunningOperator.start(
            plane,
            RunningOperator.account(plane),
            RunningOperator.newKey(),
            "--data-dir",
            data.toString());
    jane =
        plane.actor(
            "jane",
            new PolicyRuleBuilder()
                .withApiGroups("llmconfig.dev")
                .withResources("apikeyconfigs", "modelconfigs")
                .withVerbs("get", "list", "watch", "create", "patch")
                .build());
  }

  @AfterEach
  void end() throws IOException {
    sidecar.close();
    operator.close();
    http.close();
  }

  @Test
  void oneThatHangsKeepsTheFirstWaitingAndIsKnownToHangByAllOthers() throws Exception {
    start(plane.admin().client().getConfiguration());
    var generation = ask("GET", model(), "").body().path("generation").asLong();

    plane.apiServer().freeze();

    var first = ask("PATCH", model(), named("in the outage"));
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.reason()).isEqualTo("ApiServerUnavailable");
    assertThat(first.took()).isLessThan(FIRST);
    var refused =
        Stream.concat(
                IntStream.range(0, 20)
                    .<Question>mapToObj(
                        at -> () -> ask("PATCH", model(), named("in the outage " + at))),
                Stream.<Question>of(
                    () -> ask("PATCH", model() + "?dryRun=true", named("only looked at")),
                    () -> ask("POST", "/config/api-keys", newKey("late")),
                    () -> ask("POST", "/config/api-keys/%s.echo/test".formatted(space()), "{}"),
                    () -> ask("GET", "/secrets?namespace=" + space(), ""),
                    () -> ask("GET", "/config/api-keys", "", "never-seen")))
            .map(question -> CompletableFuture.supplyAsync(question, Thread::startVirtualThread))
            .toList();
    for (var one : refused) {
      assertThat(one.get().reason()).isEqualTo("ApiServerUnavailable");
      assertThat(one.get().took()).isLessThan(AT_ONCE);
    }
    var read = ask("GET", model(), "");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.took()).isLessThan(AT_ONCE);

    plane.apiServer().resume();

    await("a write to be done")
        .atMost(HEALED)
        .until(() -> ask("PATCH", model(), named("after it")).status() == 200);
    await("the mirror to show it")
        .atMost(SOON)
        .untilAsserted(() -> {
          var now = ask("GET", model(), "").body();
          assertThat(now.at("/displayName").asText()).isEqualTo("after it");
          assertThat(now.path("generation").asLong()).isEqualTo(generation + 1);
        });
  }

  @Test
  void thatItHangsIsFoundOutBeforeAnybodyAsks() throws Exception {
    start(plane.admin().client().getConfiguration());

    plane.apiServer().freeze();
    try (var mirror = ConfigReader.of(data)) {
      await("the rows to be older than they ever are, and some seconds more")
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> mirror.<Duration>read(view -> age(view)).compareTo(Duration.ofSeconds(25)) > 0);
    }

    var first = ask("PATCH", model(), named("in the outage"));
    assertThat(first.reason()).isEqualTo("ApiServerUnavailable");
    assertThat(first.took()).isLessThan(AT_ONCE);

    plane.apiServer().kill();
    var gone = ask("PATCH", model(), named("in the outage"));
    assertThat(gone.reason()).isEqualTo("ApiServerUnavailable");
    assertThat(gone.took()).isLessThan(AT_ONCE);
    plane.apiServer().start();

    await("a write to be done")
        .atMost(HEALED)
        .until(() -> ask("PATCH", model(), named("after it")).status() == 200);
  }

  @Test
  void oneThatNeedsFiveSecondsForEverythingIsWrittenTo() throws Exception {
    var way = plane.faultProxy();
    start(plane.admin().through(way).client().getConfiguration());
    assertThat(ask("PATCH", model(), named("fast")).status()).isEqualTo(200);

    way.faults().delay(Duration.ofSeconds(5));

    var slow = ask("PATCH", model(), named("slow"));
    assertThat(slow.status()).isEqualTo(200);
    assertThat(slow.took()).isGreaterThan(Duration.ofSeconds(14));
    assertThat(slow.body().path("displayName").asText()).isEqualTo("slow");
  }

  /// Beside objects that are there.
  private void start(Config api) throws Exception {
    sidecar =
        ClusterStage.sidecar(
            api,
            data,
            Files.createDirectories(data.resolve("usage")),
            data,
            "127.0.0.1:0",
            Map.of());
    assertThat(ask("POST", "/config/api-keys", newKey("echo")).status()).isEqualTo(201);
    assertThat(
            ask(
                    "POST",
                    "/config/model-configs",
                    "{\"namespace\": \"%s\", \"name\": \"support\", \"apiKeyRef\": {\"name\": \"echo\"}, \"model\": \"echo\"}"
                        .formatted(space()))
                .status())
        .isEqualTo(201);
    await("the mirror to show it")
        .atMost(SOON)
        .until(() -> ask("GET", model(), "").status() == 200);
  }

  private interface Question extends Supplier<Heard> {}

  private Heard ask(String method, String path, String body) {
    return ask(
        method, path, body, String.valueOf(jane.client().getConfiguration().getOauthToken()));
  }

  private Heard ask(String method, String path, String body, String token) {
    var began = System.nanoTime();
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d/api%s".formatted(sidecar.port(), path)))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .header("If-Match", "*")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      var took = Duration.ofNanos(System.nanoTime() - began);
      var json = JSON.readTree(answer.body());
      return new Heard(answer.statusCode(), json.path("reason").asText(), json, took);
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Duration age(MirrorView view) {
    return view.freshness(Instant.now()).age();
  }

  private String space() {
    return plane.namespace();
  }

  private String model() {
    return "/config/model-configs/%s.support".formatted(space());
  }

  private static String named(String name) {
    return "{\"displayName\": \"%s\"}".formatted(name);
  }

  private String newKey(String name) {
    return "{\"namespace\": \"%s\", \"name\": \"%s\", \"provider\": \"Echo\"}"
        .formatted(space(), name);
  }
}
