package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.cli.Run;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What `llmconfig plan` says is what happens.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class PlanIT {

  private static final String PROPERTY = "kubeconfig";
  private static final JsonMapper MAPPER = new JsonMapper();

  private AgentStage stage;

  @BeforeAll
  void set(ControlPlane plane, @TempDir Path folder) throws IOException {
    stage = AgentStage.set(plane).start();
    var kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, stage.kubectl.run("config", "view", "--raw"));
    System.setProperty(PROPERTY, kubeconfig.toString());
  }

  @AfterAll
  void close() throws IOException {
    System.clearProperty(PROPERTY);
    stage.close();
  }

  @Test
  void whatIsSaidIsWhatHappens() throws IOException {
    stage.apply(
        stage.secret("three", "sk-right-0123456789abcd"),
        stage.key("three"),
        stage.model("planned", "three", "gpt-5-mini"),
        stage.model("other", "three", "gpt-5-mini"),
        stage.agent("a", "planned"),
        stage.agent("b", "planned"),
        stage.agent("c", "other"));
    stage.waitFor("planned", "Ready");
    stage.waitFor("other", "Ready");

    // The same again changes nothing,
    var same =
        plan(
            0,
            stage.secret("three", "sk-right-0123456789abcd"),
            stage.key("three"),
            stage.model("planned", "three", "gpt-5-mini"),
            stage.agent("a", "planned"));
    assertThat(same.path("modelConfigs").path(0).path("unknown")).isEmpty();

    // another model those who have it,
    var before = generations();
    var model = stage.model("planned", "three", "gemini-2.5-flash");
    var said = plan(2, model);
    assertThat(restarts(said)).containsExactly("a", "b");
    assertThat(generations()).isEqualTo(before);
    stage.apply(model);
    stage.awaits(
        "the model to be there",
        () -> "gemini-2.5-flash".equals(stage.given("b").get("OPENAI_MODEL")));
    stage.awaits("planned", "Ready", "True Delivered");
    assertThat(generations())
        .isEqualTo(
            Map.of("a", one(before, "a") + 1, "b", one(before, "b") + 1, "c", one(before, "c")));
    assertThat(said.path("modelConfigs").path(0).path("revision").asText())
        .isEqualTo(stage.status("planned").getRevision());
    assertThat(plan(0, model).path("changes").asBoolean()).isFalse();

    // a key everybody,
    var secret = stage.secret("three", "sk-newer-0123456789abcd");
    said = plan(2, secret);
    assertThat(restarts(said)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(said.toString()).contains("(new key)").doesNotContain("sk-newer", "sk-right");

    // and who has a variable of its own is in the way, as the operator says it.
    var own =
        stage
            .agent("b", "planned")
            .replace("{name: OWN, value: mine}", "{name: OPENAI_MODEL, value: my-own}");
    said = plan(0, own);
    assertThat(said.path("modelConfigs").path(0).path("blocked").path(0).path("reason").asText())
        .isEqualTo("EnvOwnedByAnotherManager");
    stage.apply(own);
    stage.awaits("planned", "Delivered", "False EnvOwnedByAnotherManager");
  }

  @Test
  void whatMayNotBeLookedAtIsSaid(ControlPlane plane, @TempDir Path folder) throws IOException {
    var reader =
        plane.actor(
            "reader",
            new PolicyRuleBuilder()
                .withApiGroups("llmconfig.dev", "apps", "batch")
                .withResources("*")
                .withVerbs("get", "list")
                .build());
    var admin = System.getProperty(PROPERTY);
    try {
      var kubeconfig = folder.resolve("reader");
      Files.writeString(kubeconfig, reader.kubeconfig());
      System.setProperty(PROPERTY, kubeconfig.toString());
      var run =
          Run.of(stage.model("planned-by-a-reader", "three", "gpt-5-mini"), "plan", "-f", "-");
      assertThat(run.err())
          .startsWith("Profiles of ConfigMaps are left out: you may not list ConfigMaps");
      assertThat(run.exitCode()).as(run.out()).isIn(0, 2);
    } finally {
      System.setProperty(PROPERTY, admin);
    }
  }

  private static long one(Map<String, Long> generations, String name) {
    return generations.getOrDefault(name, 0L);
  }

  private Map<String, Long> generations() {
    var generations = new TreeMap<String, Long>();
    List.of("a", "b", "c").forEach(name -> generations.put(name, stage.generation(name)));
    return generations;
  }

  private static List<String> restarts(JsonNode said) {
    return said.path("modelConfigs")
        .valueStream()
        .flatMap(model -> model.path("workloads").valueStream())
        .filter(one -> one.path("effect").asText().equals("Restart"))
        .map(one -> one.path("name").asText())
        .toList();
  }

  private static JsonNode plan(int exitCode, String... manifests) throws IOException {
    var run = Run.of(String.join("---\n", manifests), "plan", "-f", "-", "-o", "json");
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
    return MAPPER.readTree(run.out());
  }
}
