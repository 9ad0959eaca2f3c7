package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a person does to an agent by hand is a will, and stays until somebody wants something else.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class PeopleIT {

  private AgentStage stage;
  private int stories;
  private String name;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane).start();
    stage.apply(stage.secret("one", "sk-right-0123456789abcd"), stage.key("one"));
  }

  @BeforeEach
  void deliver() {
    name = "agent-" + ++stories;
    stage.apply(stage.model(name, "one", "gpt-5-mini"), stage.agent(name, name));
    hasModel("gpt-5-mini");
    stage.awaits(name, "Ready", "True Delivered");
    stage.run("rollout", "status", "deployment", name, "--timeout=30s");
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void whatIsUndoneStaysUndoneUntilSomebodyAsks() {
    change("gemini-2.5-flash");
    stage.run("rollout", "status", "deployment", name, "--timeout=30s");
    var mark = stage.mark();
    stage.run("rollout", "undo", "deployment", name);
    stage.awaits("it to be told", () -> stage.says(name, "Delivered").startsWith("False"));
    assertThat(stage.message(name, "Delivered"))
        .contains("Deployment " + name, "older template", "llmconfig.dev/retry-requested-at");
    hasModel("gpt-5-mini");
    assertThat(stage.patches(mark, name)).isZero();

    retry();
    hasModel("gemini-2.5-flash");
    stage.awaits(name, "Ready", "True Delivered");
    assertThat(stage.patches(mark, name)).isEqualTo(1);
  }

  /// What is back from before the first delivery has no record of whoever brought it: it looks like
  /// a manifest that was replaced.
  @Test
  void whatIsUndoneToTheBeginningIsDeliveredAgain() {
    var mark = stage.mark();
    stage.run("rollout", "undo", "deployment", name);
    stage.awaits("it to be delivered again", () -> stage.patches(mark, name) == 1);
    hasModel("gpt-5-mini");
    stage.awaits(name, "Ready", "True Delivered");
  }

  @Test
  void whatIsSetByHandStaysUntilSomebodyAsks() {
    stage.run("set", "env", "deployment/" + name, "OPENAI_MODEL=mine");
    stage.awaits("it to be told", () -> stage.says(name, "Delivered").startsWith("False"));
    assertThat(stage.message(name, "Delivered")).contains("OPENAI_MODEL", "by hand");
    hasModel("mine");

    retry();
    hasModel("gpt-5-mini");
    stage.awaits(name, "Ready", "True Delivered");
  }

  @Test
  void aProfileOfItsOwnIsRenderedAtOnce() {
    var revision = stage.revision(name);
    stage.run("annotate", "deployment", name, "llmconfig.dev/profile=spring-ai-2");
    stage.awaits(
        "it to be rendered anew",
        () -> stage.given(name).containsKey("SPRING_AI_OPENAI_CHAT_MODEL"));
    assertThat(stage.given(name).keySet()).allMatch(one -> one.startsWith("SPRING_AI_"));
    stage.awaits(name, "Ready", "True Delivered");
    assertThat(stage.revision(name)).isEqualTo(revision);

    stage.run("annotate", "deployment", name, "--overwrite", "llmconfig.dev/profile=nonsense");
    stage.awaits(name, "Delivered", "False ProfileUnknown");
    assertThat(stage.given(name)).containsKey("SPRING_AI_OPENAI_CHAT_MODEL");

    stage.run("annotate", "deployment", name, "llmconfig.dev/profile-");
    hasModel("gpt-5-mini");
    assertThat(stage.given(name).keySet()).allMatch(one -> one.startsWith("OPENAI_"));
    stage.awaits(name, "Ready", "True Delivered");
  }

  @Test
  void containersOfItsOwnChoiceAreServed() {
    stage.apply(
        stage
            .agent(name, name)
            .replace(
                "      - {name: agent,",
                "      - {name: helper, image: \"example.com/helper:1\"}\n      - {name: agent,"));
    stage.awaits(
        "both to be served",
        () -> models().equals(Map.of("agent", "gpt-5-mini", "helper", "gpt-5-mini")));

    stage.run("annotate", "deployment", name, "llmconfig.dev/containers=agent");
    stage.awaits("one to be served", () -> models().equals(Map.of("agent", "gpt-5-mini")));
    stage.awaits(name, "Ready", "True Delivered");

    stage.run(
        "annotate", "deployment", name, "--overwrite", "llmconfig.dev/containers=agent,nobody");
    stage.awaits(name, "Delivered", "False ContainerNotFound");
    assertThat(stage.message(name, "Delivered")).contains("Deployment " + name, "nobody");
    assertThat(models()).isEqualTo(Map.of("agent", "gpt-5-mini"));

    stage.run("annotate", "deployment", name, "llmconfig.dev/containers-");
    stage.awaits("both to be served again", () -> models().size() == 2);
    stage.awaits(name, "Ready", "True Delivered");
  }

  private Map<String, String> models() {
    var models = new TreeMap<String, String>();
    stage
        .deployment(name)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .forEach(container ->
            container.getEnv().stream()
                .filter(one -> one.getName().equals("OPENAI_MODEL"))
                .forEach(one -> models.put(container.getName(), one.getValue())));
    return models;
  }

  private void change(String model) {
    stage.apply(stage.model(name, "one", model));
    hasModel(model);
    stage.awaits(name, "Ready", "True Delivered");
  }

  private void retry() {
    stage.run("annotate", "mcfg", name, "--overwrite", "llmconfig.dev/retry-requested-at=now");
  }

  private void hasModel(String model) {
    stage.awaits(
        name + " to have " + model, () -> model.equals(stage.given(name).get("OPENAI_MODEL")));
  }
}
