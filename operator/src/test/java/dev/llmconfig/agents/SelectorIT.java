package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Agents that carry no label of ours, and are selected by what they carry.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SelectorIT {

  private static final String TEAM = "delivery: {selector: {matchLabels: {team: support}}}";
  private static final String NOT_BATCH =
      "delivery: {selector: {matchExpressions: [{key: team, operator: Exists}, {key: tier, operator: NotIn, values: [batch]}]}}";

  private AgentStage stage;

  @BeforeEach
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane).start();
    stage.apply(stage.secret("one", "sk-right-0123456789abcd"), stage.key("one"));
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @Test
  void whoeverIsSelectedIsServedAndReleasedWhenTheSelectorGoesOn() throws IOException {
    stage.apply(
        agent("chat", "team: support"),
        agent("batch", "team: support, tier: batch"),
        agent("other", "team: sales"),
        stage.model("team", "one", "gpt-5-mini", TEAM));
    stage.awaits("team", "Ready", "True Delivered");
    hasModel("chat", "gpt-5-mini");
    hasModel("batch", "gpt-5-mini");
    assertThat(stage.given("other")).isEmpty();
    assertThat(stage.served("team")).isEqualTo("2/2");

    // Another selector
    stage.apply(stage.model("team", "one", "gpt-5-mini", NOT_BATCH));
    hasModel("other", "gpt-5-mini");
    released("batch");
    hasModel("chat", "gpt-5-mini");

    // A label that goes, also while nobody looks
    stage.run("label", "deployment", "chat", "team-");
    released("chat");
    stage.stop();
    stage.run("label", "deployment", "other", "team-");
    stage.run("label", "deployment", "chat", "team=support");
    stage.start();
    released("other");
    hasModel("chat", "gpt-5-mini");
  }

  @Test
  void theOlderOfTwoSelectorsHoldsAndTheOtherSaysSo() {
    stage.apply(agent("chat", "team: support"), stage.model("older", "one", "gpt-5-mini", TEAM));
    stage.awaits("older", "Ready", "True Delivered");
    var mark = stage.mark();
    stage.apply(stage.model("younger", "one", "gemini-2.5-flash", NOT_BATCH));
    stage.awaits("younger", "Delivered", "False EnvCollision");
    assertThat(stage.message("younger", "Delivered")).contains("Deployment chat", "older");
    assertThat(stage.patches(mark, "chat")).isZero();
    hasModel("chat", "gpt-5-mini");

    // A label comes before any selector
    stage.run("label", "deployment", "chat", "llmconfig.dev/model-config=younger");
    stage.awaits("younger", "Ready", "True Delivered");
    hasModel("chat", "gemini-2.5-flash");
    assertThat(stage.patches(mark, "chat")).isEqualTo(1);
    stage.run("label", "deployment", "chat", "llmconfig.dev/model-config-");
    hasModel("chat", "gpt-5-mini");
    stage.awaits("younger", "Delivered", "False EnvCollision");

    // The older one goes
    mark = stage.mark();
    stage.run("delete", "mcfg", "older", "--timeout=60s");
    stage.awaits("younger", "Ready", "True Delivered");
    hasModel("chat", "gemini-2.5-flash");
    assertThat(stage.patches(mark, "chat")).isEqualTo(1);
  }

  @Test
  void aSuccessorThatCannotDeliverHoldsUpNobody() {
    stage.apply(agent("chat", "team: support"), stage.model("older", "one", "gpt-5-mini", TEAM));
    stage.awaits("older", "Ready", "True Delivered");
    stage.apply(stage.model("younger", "one", "fx-OA08", TEAM));
    stage.awaits("younger", "Ready", "False ModelNotFound");
    stage.run("delete", "mcfg", "older", "--timeout=60s");
    released("chat");
  }

  private String agent(String name, String labels) {
    return stage.agent(name, "").replace("labels: {}", "labels: {" + labels + "}");
  }

  private void hasModel(String agent, String model) {
    stage.awaits(
        agent + " to have " + model, () -> model.equals(stage.given(agent).get("OPENAI_MODEL")));
  }

  private void released(String agent) {
    stage.awaits(agent + " to be released", () -> stage.given(agent).isEmpty());
    assertThat(stage.label(stage.deployment(agent), "llmconfig.dev/delivered-by")).isEmpty();
  }
}
