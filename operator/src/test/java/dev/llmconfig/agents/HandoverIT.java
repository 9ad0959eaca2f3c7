package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The label says whose settings an agent has: it is moved, taken away, and names what is not
/// there.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class HandoverIT {

  private AgentStage stage;
  private int stories;
  private String agent;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane).start();
    stage.apply(
        stage.secret("one", "sk-right-0123456789abcd"),
        stage.key("one"),
        stage.model("small", "one", "gpt-5-mini"),
        stage.model("large", "one", "gemini-2.5-flash"));
    stage.waitFor("small", "Ready");
    stage.waitFor("large", "Ready");
  }

  @BeforeEach
  void deliver() {
    agent = "agent-" + ++stories;
    stage.apply(stage.agent(agent, "small"));
    hasModel("gpt-5-mini");
    stage.awaits("small", "Ready", "True Delivered");
    stage.run("rollout", "status", "deployment", agent, "--timeout=30s");
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void aMovedLabelIsOnePatch() {
    var mark = stage.mark();
    label("large");
    hasModel("gemini-2.5-flash");
    stage.awaits("large", "Ready", "True Delivered");
    isOf("large");
    assertThat(stage.patches(mark, agent)).isEqualTo(1);
  }

  @Test
  void aMovedLabelIsOnePatchAlsoWhileNobodyLooks() throws IOException {
    stage.stop();
    label("large");
    var mark = stage.mark();
    stage.start();
    hasModel("gemini-2.5-flash");
    stage.awaits("large", "Ready", "True Delivered");
    isOf("large");
    assertThat(stage.patches(mark, agent)).isEqualTo(1);
  }

  @Test
  void whoLosesTheLabelIsReleased() {
    var mark = stage.mark();
    stage.run("label", "deployment", agent, "llmconfig.dev/model-config-");
    released();
    assertThat(stage.patches(mark, agent)).isEqualTo(1);
  }

  @Test
  void whoLosesTheLabelWhileNobodyLooksIsReleased() throws IOException {
    stage.stop();
    stage.run("label", "deployment", agent, "llmconfig.dev/model-config-");
    var mark = stage.mark();
    stage.start();
    released();
    assertThat(stage.patches(mark, agent)).isEqualTo(1);
  }

  @Test
  void aLabelWithTheNameOfNothingReleasesUntilThereIsOne() {
    label("later-" + agent);
    released();
    stage.apply(stage.model("later-" + agent, "one", "gemini-2.5-flash"));
    stage.waitFor("later-" + agent, "Ready");
    hasModel("gemini-2.5-flash");
    isOf("later-" + agent);
  }

  /// The new one must have something to give.
  @Test
  void whoIsMovedToWhatCannotBeUsedKeepsWhatItHas() {
    stage.apply(stage.model("broken-" + agent, "one", "fx-OA08"));
    stage.awaits("broken-" + agent, "Ready", "False ModelNotFound");
    var mark = stage.mark();
    label("broken-" + agent);
    stage.awaits("the new one to know of it", () -> stage.served("broken-" + agent).endsWith("/1"));
    hasModel("gpt-5-mini");
    assertThat(stage.patches(mark, agent)).isZero();

    stage.apply(stage.model("broken-" + agent, "one", "gemini-2.5-flash"));
    stage.awaits("broken-" + agent, "Ready", "True Delivered");
    hasModel("gemini-2.5-flash");
    assertThat(stage.patches(mark, agent)).isEqualTo(1);
  }

  @Test
  void aModelConfigThatIsDeletedWhileNobodyLooksLeavesNothingBehind() throws IOException {
    stage.apply(stage.model("short-" + agent, "one", "gemini-2.5-flash"));
    label("short-" + agent);
    hasModel("gemini-2.5-flash");
    stage.awaits("short-" + agent, "Ready", "True Delivered");
    stage.stop();
    stage.run("delete", "mcfg", "short-" + agent, "--wait=false");
    stage.start();
    released();
    stage.run("wait", "--for=delete", "mcfg/short-" + agent, "--timeout=30s");
  }

  private void label(String model) {
    stage.run("label", "deployment", agent, "--overwrite", "llmconfig.dev/model-config=" + model);
  }

  private void hasModel(String model) {
    stage.awaits(
        agent + " to have " + model, () -> model.equals(stage.given(agent).get("OPENAI_MODEL")));
  }

  private void isOf(String model) {
    assertThat(stage.label(stage.deployment(agent), "llmconfig.dev/delivered-by")).contains(model);
  }

  private void released() {
    stage.awaits(agent + " to be released", () -> stage.given(agent).isEmpty());
    var workload = stage.deployment(agent);
    assertThat(stage.label(workload, "llmconfig.dev/delivered-by")).isEmpty();
    assertThat(workload.getSpec().getTemplate().getMetadata().getAnnotations()).isNullOrEmpty();
  }
}
