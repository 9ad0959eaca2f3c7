package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A key and a model are proven before agents get them, and agents get exactly what is documented.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class DeliveryIT {

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
  void agentsGetWhatWasProvenAndLoseItWhenTheModelConfigGoes() {
    stage.apply(
        stage.secret("one", "sk-right-0123456789abcd"),
        stage.key("one"),
        stage.model("story", "one", "gpt-5-mini"),
        stage.agent("a", "story"),
        stage.agent("b", "story"));
    stage.waitFor("story", "Ready");
    var first = "one-llmkey-" + stage.keyRevision("one");
    var given =
        Map.of(
            "OPENAI_API_KEY",
            "@" + first,
            "OPENAI_BASE_URL",
            stage.place("one"),
            "OPENAI_MODEL",
            "gpt-5-mini");
    assertThat(stage.given("a")).isEqualTo(given);
    assertThat(stage.given("b")).isEqualTo(given);
    assertThat(stage.status("story").getAgents()).isEqualTo("2/2");
    assertThat(stage.find(first).orElseThrow().getImmutable()).isTrue();

    // A new key rolls each once
    var generation = stage.generation("a");
    stage.apply(stage.secret("one", "sk-newer-0123456789abcd"));
    stage.awaits(
        "the new key to be in use",
        () -> !("one-llmkey-" + stage.keyRevision("one")).equals(first));
    var second = "one-llmkey-" + stage.keyRevision("one");
    stage.awaits(
        "the agents to have it",
        () ->
            ("@" + second).equals(stage.given("a").get("OPENAI_API_KEY"))
                && ("@" + second).equals(stage.given("b").get("OPENAI_API_KEY")));
    stage.awaits("story", "Ready", "True Delivered");
    assertThat(stage.generation("a")).isEqualTo(generation + 1);
    assertThat(stage.find(first)).isPresent();

    // A model that is not there changes nothing
    stage.apply(stage.model("story", "one", "fx-OA08"));
    stage.awaits("story", "Ready", "False ModelNotFound");
    assertThat(stage.generation("a")).isEqualTo(generation + 1);
    stage.apply(stage.model("story", "one", "gpt-5-mini"));
    stage.awaits("story", "Ready", "True Delivered");
    assertThat(stage.generation("a")).isEqualTo(generation + 1);

    // The end
    stage.run("delete", "mcfg", "story", "--timeout=30s");
    assertThat(stage.given("a")).isEmpty();
    var gone = stage.deployment("a");
    assertThat(stage.label(gone, "llmconfig.dev/delivered-by")).isEmpty();
    assertThat(gone.getSpec().getTemplate().getMetadata().getAnnotations()).isNullOrEmpty();
  }
}
