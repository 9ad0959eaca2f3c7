package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.ProxiedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Agents get each change once, however the API server behaves on the way.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class OutageIT {

  private static final List<String> AGENTS = List.of("first", "second", "third");

  private AgentStage stage;
  private FaultProxy way;

  @BeforeEach
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane);
    way = plane.faultProxy();
    stage.start(way);
    stage.awaits(
        "the operator to run",
        () -> stage.operator().get("/readyz").body().contains("[+] controllers: ok\n"));
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  /// Conflicts, watches that end, versions that are too old, an API server that is busy and slow.
  @Test
  void allThatAnApiServerMayAnswerIsSurvived() {
    way.faults().conflictOnFirstWrites();
    deliver("gpt-5-mini");
    way.faults().heal();

    way.faults().expireWatches(5);
    way.watches().drop();
    changesOnce("gemini-2.5-flash");

    way.faults().throttle(20);
    way.faults().delay(Duration.ofMillis(200));
    changesOnce("gpt-5-mini");
  }

  @Test
  void aRightThatIsTakenAwayIsSaidAndHealsWhenItIsGivenBack() {
    deliver("gpt-5-mini");
    way.faults().fail(403, OutageIT::patchesAnAgent);

    stage.apply(stage.model("model", "one", "gemini-2.5-flash"));

    stage.awaits("model", "Delivered", "False Forbidden");
    assertThat(stage.message("model", "Delivered")).contains("give the operator patch");
    assertThat(AGENTS).allSatisfy(agent -> assertThat(has(agent, "gpt-5-mini")).isTrue());

    way.faults().heal();
    AGENTS.forEach(agent -> stage.run("label", "deployment", agent, "given=back"));
    stage.awaits("model", "Ready", "True Delivered");
    assertThat(AGENTS).allSatisfy(agent -> assertThat(has(agent, "gemini-2.5-flash")).isTrue());
  }

  /// A list that takes longer than the framework waits for it looks like one with nobody in it. Who
  /// believed it would take away the Secret that all the pods of others start with.
  @Test
  void agentsThatCannotBeListedAreNotTakenForGone() throws IOException {
    deliver("gpt-5-mini");
    var secrets = delivered();
    stage.stop();
    var mark = stage.mark();
    way.faults().fail(503, OutageIT::listsAgents);

    stage.start(way);
    stage.awaits(
        "the controllers to run without knowing any agent",
        () -> stage.operator().get("/readyz").body().contains("something cannot be watched"));
    awaitLooks(1);
    way.faults().heal();
    stage.awaits(
        "the list", () -> stage.operator().get("/readyz").body().contains("[+] controllers: ok\n"));
    awaitLooks(looks() + 1);

    assertThat(stage.written(mark).butLeases()).isEmpty();
    assertThat(delivered()).isEqualTo(secrets).isNotEmpty();
    assertThat(stage.served("model")).isEqualTo("3/3");
  }

  private void awaitLooks(double number) {
    stage.awaits(number + " looks", () -> looks() >= number);
  }

  /// At ModelConfigs, since the operator has started.
  private double looks() {
    try {
      return stage
          .operator()
          .get("/metrics")
          .body()
          .lines()
          .filter(line ->
              line.startsWith("reconciliations_success_total{") && line.contains("\"modelconfig\""))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private List<String> delivered() {
    return stage.client().secrets().inNamespace(stage.plane.namespace()).list().getItems().stream()
        .map(one -> one.getMetadata().getName())
        .filter(name -> name.contains("-llmkey-r-"))
        .toList();
  }

  private void deliver(String model) {
    stage.apply(
        stage.secret("one", "sk-right-0123456789abcd"),
        stage.key("one"),
        stage.model("model", "one", model));
    AGENTS.forEach(agent -> stage.apply(stage.agent(agent, "model")));
    awaitAll(model);
  }

  private void changesOnce(String model) {
    var mark = stage.mark();
    stage.apply(stage.model("model", "one", model));
    awaitAll(model);
    assertThat(AGENTS)
        .allSatisfy(agent -> assertThat(stage.patches(mark, agent)).as(agent).isEqualTo(1));
  }

  private void awaitAll(String model) {
    stage.awaits(
        "all agents to have " + model, () -> AGENTS.stream().allMatch(agent -> has(agent, model)));
    stage.awaits("the end of it", () -> stage.served("model").equals("3/3"));
  }

  private boolean has(String agent, String model) {
    return model.equals(stage.given(agent).get("OPENAI_MODEL"));
  }

  private static boolean listsAgents(ProxiedRequest request) {
    return request.method().equals("GET") && request.path().endsWith("/deployments");
  }

  private static boolean patchesAnAgent(ProxiedRequest request) {
    return request.method().equals("PATCH") && request.path().contains("/deployments/");
  }
}
