package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Agents that follow the default of their namespace, whatever it is.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DefaultsIT {

  private static final String DEFAULT = "isDefault: true";

  private AgentStage stage;

  @BeforeEach
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane).start();
    stage.apply(
        stage.secret("one", "sk-right-0123456789abcd"),
        stage.key("one"),
        stage.model("small", "one", "gpt-5-mini", DEFAULT),
        stage.agent("follower", "default"));
    stage.awaits("small", "Ready", "True Delivered");
    hasModel("gpt-5-mini");
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @Test
  void anotherDefaultTakesOverInOnePatchWhenItIsProven() {
    stage.apply(stage.model("large", "one", "fx-OA08"));
    stage.awaits("large", "Ready", "False ModelNotFound");
    var mark = stage.mark();
    stage.apply(
        stage.model("small", "one", "gpt-5-mini"), stage.model("large", "one", "fx-OA08", DEFAULT));
    stage.awaits("the new default to have a follower", () -> stage.served("large").endsWith("/1"));
    hasModel("gpt-5-mini");
    assertThat(stage.patches(mark, "follower")).isZero();

    stage.apply(stage.model("large", "one", "gemini-2.5-flash", DEFAULT));
    stage.awaits("large", "Ready", "True Delivered");
    hasModel("gemini-2.5-flash");
    assertThat(stage.patches(mark, "follower")).isEqualTo(1);
  }

  @Test
  void withoutAnyDefaultFollowersKeepWhatTheyHave() {
    var mark = stage.mark();
    stage.apply(stage.model("small", "one", "gpt-5-mini"));
    stage.awaits("the change to be seen", () -> stage.seen("small"));
    stage.apply(stage.secret("one", "sk-newer-0123456789abcd"));
    stage.awaits("small", "Ready", "True Delivered");
    hasModel("gpt-5-mini");
    assertThat(stage.patches(mark, "follower")).isZero();
  }

  @Test
  void aDefaultThatIsDeletedReleasesItsFollowers() {
    stage.run("delete", "mcfg", "small", "--timeout=30s");
    assertThat(stage.given("follower")).isEmpty();
    assertThat(stage.label(stage.deployment("follower"), "llmconfig.dev/delivered-by")).isEmpty();
  }

  @Test
  void aDefaultThatIsDeletedHandsOverToTheNextOne() {
    stage.apply(stage.model("large", "one", "gemini-2.5-flash", DEFAULT));
    stage.awaits("large", "Accepted", "False DefaultConflict");
    stage.awaits(
        "the model to be verified", () -> stage.says("large", "Verified").startsWith("True"));
    var mark = stage.mark();
    stage.run("delete", "mcfg", "small", "--timeout=60s");
    stage.awaits("large", "Ready", "True Delivered");
    hasModel("gemini-2.5-flash");
    assertThat(stage.patches(mark, "follower")).isEqualTo(1);
  }

  private void hasModel(String model) {
    assertThat(stage.given("follower")).containsEntry("OPENAI_MODEL", model);
  }
}
