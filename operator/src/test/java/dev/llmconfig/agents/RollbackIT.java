package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// An agent that does not become ready on new settings is put back, and nobody else is harmed.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class RollbackIT {

  private static final String ONE_BY_ONE = "delivery: {rollout: {maxParallel: 1}}";

  private AgentStage stage;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane).start();
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void whoDoesNotBecomeReadyIsPutBackAndTheRestNeverStart() throws IOException {
    stage.apply(
        stage.secret("two", "sk-right-0123456789abcd"),
        stage.key("two"),
        stage.model("careful", "two", "gpt-5-mini", ONE_BY_ONE),
        stage.agent("first", "careful"),
        stage.agent("second", "careful"));
    stage.waitFor("careful", "Ready");
    stage.run("rollout", "status", "deployment", "first", "--timeout=30s");
    stage.run("rollout", "status", "deployment", "second", "--timeout=30s");
    var before = stage.given("second");
    var revision = stage.status("careful").getRevision();
    var generation = stage.generation("second");

    stage.noMorePods();
    stage.apply(stage.model("careful", "two", "gemini-2.5-flash", ONE_BY_ONE));
    stage.awaits("careful", "Ready", "False RolledBack");
    assertThat(stage.status("careful").getRevision()).isEqualTo(revision);
    assertThat(stage.status("careful").getFailedRevision()).isNotNull().isNotEqualTo(revision);
    stage.awaits("it to have the old settings again", () -> stage.given("first").equals(before));
    assertThat(stage.given("second")).isEqualTo(before);
    assertThat(stage.generation("second")).isEqualTo(generation);
    stage.awaitsMetrics(
        "llmconfig_rollouts_total{result=\"Finished\"} 1.0",
        "llmconfig_rollouts_total{result=\"RolledBack\"} 1.0",
        agents("RolledBack", 2));

    // It is not tried again, also not by the next operator,
    var put = stage.generation("first");
    stage.morePods();
    stage.restart();
    stage.apply(stage.model("careful", "two", "gemini-2.5-flash", ONE_BY_ONE));
    stage.awaits("careful", "Ready", "False RolledBack");
    assertThat(stage.generation("first")).isEqualTo(put);
    stage.awaitsMetrics(
        "llmconfig_rollouts_total{result=\"RolledBack\"} 0.0", agents("RolledBack", 2));

    // but when somebody asks for it, in the words of the message
    var message = stage.message("careful", "Ready");
    stage.kubectl.paste(message.substring(message.indexOf("kubectl annotate")));
    stage.awaits("careful", "Ready", "True Delivered");
    assertThat(stage.given("first")).containsEntry("OPENAI_MODEL", "gemini-2.5-flash");
    assertThat(stage.given("second")).containsEntry("OPENAI_MODEL", "gemini-2.5-flash");
    assertThat(stage.status("careful").getFailedRevision()).isNull();
    stage.awaitsMetrics("llmconfig_rollouts_total{result=\"Finished\"} 1.0", agents("UpToDate", 2));
  }

  private String agents(String state, int count) {
    return "llmconfig_agents{model_config=\"careful\",namespace=\"%s\",state=\"%s\"} %d.0"
        .formatted(stage.plane.namespace(), state, count);
  }
}
