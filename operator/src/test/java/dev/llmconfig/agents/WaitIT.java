package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whoever installs with `helm --wait` is told by the end of the command how it went: Helm 4 reads
/// our objects by the rules of kstatus, ends well when all of them are current, and badly when the
/// last that can come has come and one of them has failed.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class WaitIT {

  private static final String RIGHT = "sk-right-0123456789abcd";

  /// What Helm says when it has waited in vain.
  private static final String IN_VAIN = "context deadline exceeded";

  private AgentStage stage;
  private Path folder;
  private Helm helm;

  @BeforeAll
  void set(ControlPlane plane, @TempDir Path folder) throws IOException {
    this.folder = folder;
    stage = AgentStage.set(plane).start();
    helm = new Helm(folder.resolve("helm"));
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void whatIsGoodIsThereWhenHelmEndsAndWhatIsBadLaterIsTold() throws IOException {
    helm.run(waiting("install", "good", chart("good", RIGHT, "gpt-5-mini")));
    assertThat(stage.says("good", "Ready")).isEqualTo("True Delivered");
    assertThat(stage.served("good")).isEqualTo("1/1");
    assertThat(stage.given("good")).containsEntry("OPENAI_MODEL", "gpt-5-mini");

    stage.noMorePods();
    assertThat(helm.fails(waiting("upgrade", "good", chart("good", RIGHT, "gemini-2.5-flash"))))
        .contains("ModelConfig", "RolledBack")
        .doesNotContain(IN_VAIN);
    stage.morePods();
    stage.awaits(
        "the agent to be put back",
        () -> "gpt-5-mini".equals(stage.given("good").get("OPENAI_MODEL")));

    helm.run(waiting("upgrade", "good", chart("good", RIGHT, "claude-sonnet-4-5")));
    assertThat(stage.given("good")).containsEntry("OPENAI_MODEL", "claude-sonnet-4-5");
  }

  @Test
  void aModelThatDoesNotExistFailsAtOnce() throws IOException {
    assertThat(helm.fails(waiting("install", "model", chart("model", RIGHT, "gpt-none"))))
        .contains("ModelConfig", "gpt-none")
        .doesNotContain(IN_VAIN);
    stage.waitFor("model", "Stalled");
  }

  @Test
  void aWrongKeyFailsAtOnce() throws IOException {
    assertThat(
            helm.fails(
                waiting("install", "key", chart("key", "sk-proj-fx-OA02-wrong", "gpt-5-mini"))))
        .contains("ApiKeyConfig", "the key is wrong")
        .doesNotContain(IN_VAIN);
  }

  private String[] waiting(String verb, String release, Path chart) {
    return new String[] {
      verb,
      release,
      chart.toString(),
      "--namespace=" + stage.plane.namespace(),
      "--wait",
      "--timeout=" + AgentStage.SOON.toSeconds() + "s"
    };
  }

  /// A key, a model, and an agent, all of one name.
  private Path chart(String name, String key, String model) throws IOException {
    var chart = folder.resolve(name);
    Files.createDirectories(chart.resolve("templates"));
    Files.writeString(
        chart.resolve("Chart.yaml"), "{apiVersion: v2, name: agents, version: 1.0.0}");
    Files.writeString(
        chart.resolve("templates/all.yaml"),
        String.join(
            "---\n",
            stage.secret(name, key),
            stage.key(name),
            stage.model(name, name, model),
            stage.agent(name, name)));
    return chart;
  }
}
