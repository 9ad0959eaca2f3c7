package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.keys.Canaries;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Kubectl;
import dev.llmconfig.testing.PodProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What happens to two replicas whose pods really run, while people read, chat and listen all the
/// time: nobody is cut off, and no agent is touched. Needs root.
@Tag("node")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class ReplicasOnANodeIT {

  private static final Duration SOON = RunningRelease.SOON;
  private static final int KILLS = 3;
  private static final String CANARY =
      "{\"namespace\": \"%s\", \"name\": \"canary-%d\", \"provider\": \"Echo\", \"key\": \"%s\"}";
  private static final String STALE = "x-llmconfig-stale";

  /// With the half minute after which answers say that they are old: longer than an operator may
  /// stand still (`/livez`).
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("outage.seconds", 45));

  @TempDir private static Path folder;

  private ControlPlane plane;
  private StageOnANode stage;
  private RunningRelease running;
  private Entrance entrance;

  @BeforeAll
  void set(ControlPlane plane) throws IOException, InterruptedException {
    this.plane = plane;
    stage = StageOnANode.set(plane, folder);
    running = stage.running();
    entrance = stage.entrance();
    running.awaitReady(2);
  }

  @Test
  void streamsDoNotHearOfAnOperatorThatIsKilledInALoop() {
    try (var listener = listener()) {
      var pod = running.streaming();
      for (int kill = 0; kill < KILLS; kill++) {
        int before = running.container(pod, "operator").getRestartCount();
        PodProcesses.kill(pod, "operator");
        await("the operator to run again")
            .atMost(SOON)
            .until(() -> {
              var now = running.container(pod, "operator");
              return now.getRestartCount() > before && Boolean.TRUE.equals(now.getStarted());
            });
      }
      stage.hears(listener, "After the kills");
      assertThat(listener.ends()).isEmpty();
      assertThat(running.container(pod, "sidecar").getRestartCount()).isZero();
    }
  }

  @Test
  void peopleReadOnWhileTheApiServerIsAway() {
    var restarts = running.restarts();
    var list = "/api/config/model-configs?namespace=" + plane.namespace();
    var pods = running.pods();
    assertThat(entrance.get(list).headers().firstValue(STALE)).isEmpty();

    plane.apiServer().freeze();
    await("answers that say that they are old")
        .atMost(SOON)
        .until(() -> entrance.get(list).headers().firstValue(STALE).equals(Optional.of("true")));
    await("the end of the outage")
        .during(OUTAGE)
        .atMost(OUTAGE.plus(SOON))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          var rows = entrance.get(list);
          assertThat(rows.statusCode()).as(rows.body()).isEqualTo(200);
          assertThat(rows.body()).contains(stage.model());
          assertThat(rows.headers().firstValue(STALE)).contains("true");
          assertThat(entrance.get("/").statusCode()).isEqualTo(200);
        });
    assertThat(pods).allMatch(pod -> RunningRelease.operatorLiveness(pod) == 200);
    plane.apiServer().resume();

    await("fresh answers")
        .atMost(SOON)
        .until(() -> entrance.get(list).headers().firstValue(STALE).isEmpty());
    // Kubernetes itself may take the node for lost once, before it has heard of it again.
    await("both endpoints, and for good")
        .during(Duration.ofSeconds(8))
        .atMost(SOON)
        .until(() -> running.endpoints() == 2);
    assertThat(running.restarts()).isEqualTo(restarts);
  }

  @Test
  void anUpgradeReplacesBothAndLosesNoRequest() throws InterruptedException {
    var before = running.serving();
    var mark = plane.audit().mark();
    try (var listener = listener();
        var people = Traffic.of(entrance, plane.namespace(), stage.model())) {
      stage.upgrade("--set=logging.level=warn");

      running.awaitReady(2);
      assertThat(running.serving()).doesNotContainAnyElementsOf(before);
      wasLetGo(listener);
      stage.hears(listener, "After the upgrade");
      people.lostNothingOf(500, 5);
    }
    assertThat(stage.patchesOfAgents(mark)).isZero();
  }

  @Test
  void oneThatIsEvictedLosesNoRequestAndTheLastOneStays() throws InterruptedException {
    var mark = plane.audit().mark();
    try (var listener = listener()) {
      var evicted = running.streaming();
      var other =
          running.pods().stream()
              .filter(pod -> !pod.getMetadata().getUid().equals(evicted.getMetadata().getUid()))
              .findFirst()
              .orElseThrow();
      try (var people = Traffic.of(entrance, plane.namespace(), stage.model())) {
        assertThat(running.evict(evicted)).isTrue();
        assertThat(running.evict(other)).as("the last one that serves").isFalse();

        running.awaitReady(2);
        assertThat(running.serving())
            .contains(other.getMetadata().getName())
            .doesNotContain(evicted.getMetadata().getName());
        wasLetGo(listener);
        stage.hears(listener, "After the eviction");
        people.lostNothingOf(200, 1);
      }
    }
    assertThat(stage.patchesOfAgents(mark)).isZero();
  }

  @Test
  void oneThatCannotStartReplacesNone() throws InterruptedException {
    var before = running.serving();
    try (var people = Traffic.of(entrance, plane.namespace(), stage.model())) {
      assertThat(
              stage.cannotUpgrade(
                  "--set=image.repository=llmconfig.dev/test-agent",
                  "--set-string=image.tag=2",
                  "--timeout=20s"))
          .contains("Deployment", "llm");
      assertThat(running.serving()).isEqualTo(before);

      stage.release().about("rollback", "--wait", "--timeout=180s");
      running.awaitReady(2);
      assertThat(running.serving()).isEqualTo(before);
      people.lostNothingOf(200, 1);
    }
  }

  /// A port of the node is plain http, and nobody vouches for the way to it.
  @Test
  void noTokenIsTakenThroughAPortOfTheNode() {
    var answer =
        entrance.answer("POST", "/api/session", "{\"token\": \"" + entrance.token() + "\"}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"reason\":\"InsecureLogin\"");
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
  }

  /// Keys that people enter, the ring that they are encrypted with, and what proves who a person
  /// is.
  @Test
  void whatIsSecretIsInNoLogNoArgumentAndNoEnvironment() throws IOException {
    var space = plane.namespace();
    var canaries = new Canaries(24);
    for (var at = 0; at < 40; at++) {
      entrance.change(
          "POST", "/api/config/api-keys", CANARY.formatted(space, at, canaries.key("sk-")));
    }
    canaries.watch(entrance.token().substring(entrance.token().lastIndexOf('.') + 1));
    try (var kubectl = Kubectl.admin()) {
      kubectl.run("wait", "--for=condition=Ready", "akc", "--all", "-n", space, "--timeout=120s");
      var ring =
          Yaml.documents(kubectl.run("get", "secret/llm-keyring", "-n", space, "-o", "yaml"));
      ring.getFirst()
          .path("data")
          .forEach(value -> decoded(value).lines().forEach(canaries::watch));
      assertThat(canaries.secrets()).hasSizeGreaterThan(41);

      var helm = stage.release().chart().helm();
      var told = new ArrayList<>(List.of(helm.run("get", "all", "llm", "--namespace=" + space)));
      for (var pod : running.pods()) {
        for (var container : List.of("operator", "sidecar")) {
          var name = pod.getMetadata().getName();
          told.add(kubectl.run("logs", name, "-c", container, "-n", space));
        }
        told.addAll(PodProcesses.beginnings(pod));
      }

      assertThat(told)
          .hasSizeGreaterThanOrEqualTo(1 + 2 * 4)
          .allSatisfy(text -> assertThat(text).isNotBlank())
          .allSatisfy(text -> assertThat(canaries.in(text)).isZero());
    }
  }

  private static String decoded(JsonNode value) {
    return new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8);
  }

  private Listener listener() {
    var listener = new Listener(entrance, plane.namespace());
    await("a first event").atMost(SOON).until(listener::isWelcome);
    assertThat(listener.ends()).isEmpty();
    return listener;
  }

  /// Twice, where it came back over a connection that it had kept.
  private static void wasLetGo(Listener listener) {
    await("a good-bye").atMost(SOON).until(() -> !listener.ends().isEmpty());
    assertThat(listener.ends()).containsOnly("bye Restarting");
  }
}
