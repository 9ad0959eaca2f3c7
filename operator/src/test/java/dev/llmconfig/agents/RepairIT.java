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

/// What somebody has deleted comes back, so that every pod starts.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class RepairIT {

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
  void aDeliveredSecretThatIsDeletedComesBackAsItWas() {
    deliver("lost", "gpt-5-mini");
    var name = secret("lost");
    var before = stage.find(name).orElseThrow();
    var mark = stage.mark();
    stage.run("delete", "secret", name);
    stage.awaits("the Secret to be back", () -> stage.find(name).isPresent());
    var after = stage.find(name).orElseThrow();
    assertThat(after.getMetadata().getUid()).isNotEqualTo(before.getMetadata().getUid());
    assertThat(after.getData()).isEqualTo(before.getData());
    assertThat(after.getImmutable()).isTrue();
    stage.awaits("lost", "Ready", "True Delivered");
    assertThat(stage.patches(mark, "lost")).isZero();
  }

  @Test
  void aForeignSecretOfOurNameIsNeverOverwritten() {
    deliver("taken", "gpt-5-mini");
    var name = secret("taken");
    stage.run("delete", "mcfg", "taken", "--timeout=30s");
    stage.run("delete", "secret", name, "--ignore-not-found");
    stage.run("create", "secret", "generic", name, "--from-literal=mine=mine");

    stage.apply(stage.model("taken", "taken", "gpt-5-mini"));
    stage.awaits("taken", "Delivered", "False NameTaken");
    assertThat(stage.message("taken", "Delivered")).contains(name);
    assertThat(stage.given("taken")).isEmpty();
    assertThat(stage.find(name).orElseThrow().getData()).containsOnlyKeys("mine");

    stage.run("delete", "secret", name);
    stage.awaits("taken", "Ready", "True Delivered");
    assertThat(secret("taken")).isEqualTo(name);
  }

  /// The key before is held for its grace period, so what a person has put back can run.
  @Test
  void whatIsUndoneToASecretThatIsGoneStartsAllTheSame() {
    deliver("undone", "gpt-5-mini");
    var first = secret("undone");
    stage.run("rollout", "status", "deployment", "undone", "--timeout=30s");
    stage.apply(stage.secret("undone", "sk-newer-0123456789abcd"));
    stage.awaits("the new key to be with the agent", () -> !secret("undone").equals(first));
    stage.awaits("undone", "Ready", "True Delivered");
    stage.run("rollout", "status", "deployment", "undone", "--timeout=30s");
    stage.run("delete", "secret", first);
    stage.run("rollout", "undo", "deployment", "undone");
    stage.awaits("the Secret to be back", () -> stage.find(first).isPresent());
    stage.awaits("undone", "Ready", "False Contested");
    assertThat(secret("undone")).isEqualTo(first);
  }

  private void deliver(String name, String model) {
    stage.apply(
        stage.secret(name, "sk-right-0123456789abcd"),
        stage.key(name),
        stage.model(name, name, model),
        stage.agent(name, name));
    stage.awaits(name, "Ready", "True Delivered");
    stage.awaits(name + " to be served", () -> model.equals(stage.given(name).get("OPENAI_MODEL")));
  }

  private String secret(String agent) {
    return stage.given(agent).getOrDefault("OPENAI_API_KEY", "@").substring(1);
  }
}
