package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.agents.Owners.Tool;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Agents belong to others, who go on with their tools as if nobody else was there.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class GuestsIT {

  private AgentStage stage;
  private Owners owners;

  @BeforeAll
  void set(ControlPlane plane, @TempDir Path folder) throws IOException {
    stage = AgentStage.set(plane).start();
    owners = new Owners(stage, folder);
    stage.apply(stage.secret("one", "sk-right-0123456789abcd"), stage.key("one"));
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void aNewKeyRollsEachOnceWhileTheOwnersGoOn() {
    stage.apply(stage.model("guest", "one", "gpt-5-mini"));
    for (var tool : Tool.values()) {
      owners.bring(tool, tool.agent(), manifest(tool, 1));
    }
    stage.awaits("guest", "Ready", "True Delivered");
    stage.awaits("all three to be served", () -> stage.served("guest").equals("3/3"));
    var first = stage.keyRevision("one");
    for (var tool : Tool.values()) {
      assertThat(stage.given(tool.agent())).isEqualTo(documented(first));
    }

    var mark = stage.mark();
    stage.apply(stage.secret("one", "sk-newer-0123456789abcd"));
    int version = 1;
    do {
      version++;
      for (var tool : Tool.values()) {
        goOn(tool, version);
      }
    } while (!allHave(stage.keyRevision("one")) || stage.keyRevision("one").equals(first));
    for (var tool : Tool.values()) {
      goOn(tool, version);
    }
    stage.awaits("guest", "Ready", "True Delivered");

    for (var tool : Tool.values()) {
      var agent = stage.deployment(tool.agent());
      assertThat(AgentStage.given(agent)).isEqualTo(documented(stage.keyRevision("one")));
      assertThat(agent.getSpec().getReplicas()).isEqualTo(2);
      var template = agent.getSpec().getTemplate();
      assertThat(template.getSpec().getContainers().getFirst().getImage())
          .isEqualTo("example.com/agent:" + version);
      assertThat(template.getMetadata().getAnnotations())
          .containsKey("kubectl.kubernetes.io/restartedAt");
      assertThat(stage.patches(mark, tool.agent())).isEqualTo(1);
    }
  }

  /// What owners do all day, an update of the image among it.
  private void goOn(Tool tool, int version) {
    stage.run("scale", "deployment", tool.agent(), "--replicas=2");
    owners.bring(tool, tool.agent(), manifest(tool, version));
    stage.run("rollout", "restart", "deployment", tool.agent());
    owners.bring(tool, tool.agent(), manifest(tool, version));
  }

  private boolean allHave(String revision) {
    for (var tool : Tool.values()) {
      if (!stage.given(tool.agent()).equals(documented(revision))) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aContainerIsRenamedAtOnceAndGetsItsSettings() {
    stage.apply(stage.model("renaming", "one", "gpt-5-mini"));
    for (var tool : Tool.values()) {
      owners.bring(tool, "renaming-" + tool.agent(), named(tool, "renaming", "agent"));
    }
    stage.awaits("renaming", "Delivered", "True UpToDate");
    stage.awaits("all to be served", () -> stage.served("renaming").equals("3/3"));

    for (var tool : Tool.values()) {
      owners.bring(tool, "renaming-" + tool.agent(), named(tool, "renaming", "renamed"));
    }

    for (var tool : Tool.values()) {
      stage.awaits(
          tool + " to have its settings in the new container",
          () ->
              stage.given("renaming-" + tool.agent()).equals(documented(stage.keyRevision("one"))));
      assertThat(
              stage
                  .deployment("renaming-" + tool.agent())
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers())
          .singleElement()
          .satisfies(container -> assertThat(container.getName()).isEqualTo("renamed"));
    }
    stage.awaits("renaming", "Ready", "True Delivered");
  }

  @Test
  void whatIsTheirsStaysTheirsUntilTheyDropIt() {
    stage.apply(stage.model("polite", "one", "gpt-5-mini"));
    stage.apply(stage.agent("free", "polite"));
    for (var tool : Tool.values()) {
      var agent = "polite-" + tool.agent();
      owners.bring(tool, agent, theirs(tool, "{name: OPENAI_MODEL, value: theirs}"));
      stage.awaits("polite", "Delivered", "False EnvOwnedByAnotherManager");
      stage.awaits(
          "who owns it to be told",
          () ->
              stage
                  .message("polite", "Delivered")
                  .matches(
                      ".*Deployment "
                          + agent
                          + ": .*containers.*agent.*OPENAI_MODEL.* is owned by "
                          + tool.manager()
                          + "\\b.*"));
      assertThat(stage.given(agent)).isEqualTo(Map.of("OPENAI_MODEL", "theirs"));
      stage.awaits(
          "the other to be served",
          () -> stage.given("free").equals(documented(stage.keyRevision("one"))));

      owners.bring(tool, agent, theirs(tool, "{name: OWN, value: mine}"));
      stage.awaits("polite", "Delivered", "True UpToDate");
      assertThat(stage.given(agent)).isEqualTo(documented(stage.keyRevision("one")));
    }
    stage.awaits("polite", "Ready", "True Delivered");
    assertThat(stage.served("polite")).isEqualTo("4/4");
  }

  private String manifest(Tool tool, int version) {
    return stage.agent(tool.agent(), "guest").replace("agent:1", "agent:" + version);
  }

  private String named(Tool tool, String model, String container) {
    return stage
        .agent(model + "-" + tool.agent(), model)
        .replace("{name: agent,", "{name: " + container + ",");
  }

  private String theirs(Tool tool, String variable) {
    return stage
        .agent("polite-" + tool.agent(), "polite")
        .replace("{name: OWN, value: mine}", variable);
  }

  private Map<String, String> documented(String keyRevision) {
    return Map.of(
        "OPENAI_API_KEY",
        "@one-llmkey-" + keyRevision,
        "OPENAI_BASE_URL",
        stage.place("one"),
        "OPENAI_MODEL",
        "gpt-5-mini");
  }
}
