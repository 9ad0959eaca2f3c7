package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Agents whose own manifests name our Secret: its content is ours, and in a container nothing is.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class EnvFromIT {

  private static final String ENV_FROM = "delivery: {mode: EnvFrom}";
  private static final String ON_RESTART =
      "delivery: {mode: EnvFrom, rollout: {policy: OnRestart}}";
  private static final String MINI = "gpt-5-mini";
  private static final String FLASH = "gemini-2.5-flash";
  private static final String KEY = "sk-right-0123456789abcd";

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
  void theContentIsThereFirstAndANewKeyRestartsEachAgentOnce() throws IOException {
    stage.apply(
        stage.secret("pure", KEY), stage.key("pure"), stage.model("pure", "pure", MINI, ENV_FROM));
    stage.waitFor("pure", "Ready");
    assertThat(content("pure")).isEqualTo(given("pure", KEY, MINI));
    var secret = stage.find("pure-llm-env").orElseThrow();
    assertThat(secret.getImmutable()).isNull();
    assertThat(secret.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getName)
        .containsExactly("pure");

    stage.apply(reader("pure-a", "pure"), reader("pure-b", "pure"), stage.agent("deaf", "pure"));
    stage.awaits("the others to be served", () -> stage.served("pure").equals("2/3"));
    stage.awaits("pure", "Ready", "False EnvFromNotReferenced");
    assertThat(stage.message("pure", "Ready")).contains("Deployment deaf").contains("pure-llm-env");
    assertThat(rendered("deaf")).isEmpty();
    assertThat(stage.given("pure-a")).isEmpty();
    stage.run("delete", "deployment", "deaf");
    stage.awaits("pure", "Ready", "True Delivered");

    var before = rendered("pure-a");
    var generation = stage.generation("pure-a");
    stage.apply(stage.secret("pure", "sk-newer-0123456789abcd"));
    stage.awaits("both to be told", () -> moved("pure-a", before) && moved("pure-b", before));
    assertThat(content("pure")).isEqualTo(given("pure", "sk-newer-0123456789abcd", MINI));
    stage.awaits("pure", "Ready", "True Delivered");
    assertThat(stage.generation("pure-a")).isEqualTo(generation + 1);

    // The next operator finds nothing to do.
    var mark = stage.mark();
    stage.stop();
    stage.start();
    stage.apply(reader("pure-c", "pure"));
    stage.awaits("the new one to be served", () -> stage.served("pure").equals("3/3"));
    assertThat(stage.patches(mark, "pure-a")).isZero();
    assertThat(stage.written(mark).only(one -> one.resource().equals("secrets")).count()).isZero();

    // An owner who reads it no more is left alone.
    stage.apply(stage.agent("pure-c", "pure"));
    stage.awaits("pure", "Ready", "False EnvFromNotReferenced");
    stage.apply(reader("pure-c", "pure"));
    stage.awaits("pure", "Ready", "True Delivered");
  }

  @Test
  void whatIsDeletedOrEditedByHandComesBackAndWhatIsForeignIsNotTaken() {
    stage.run("create", "secret", "generic", "hand-llm-env", "--from-literal=mine=mine");
    stage.apply(
        stage.secret("hand", KEY), stage.key("hand"), stage.model("hand", "hand", MINI, ENV_FROM));
    stage.awaits("hand", "Ready", "False NameTaken");
    assertThat(stage.find("hand-llm-env").orElseThrow().getData()).containsOnlyKeys("mine");
    stage.run("delete", "secret", "hand-llm-env");
    stage.apply(reader("hand", "hand"));
    stage.awaits("it to be served", () -> stage.served("hand").equals("1/1"));
    stage.awaits("hand", "Ready", "True Delivered");

    var generation = stage.generation("hand");
    stage.run("delete", "secret", "hand-llm-env");
    stage.awaits("it to be back", () -> content("hand").equals(given("hand", KEY, MINI)));
    stage.run(
        "patch",
        "secret",
        "hand-llm-env",
        "--patch={\"stringData\": {\"OPENAI_MODEL\": \"other\", \"ADDED\": \"more\"}}");
    stage.awaits("it to be as it was", () -> content("hand").equals(given("hand", KEY, MINI)));
    assertThat(stage.generation("hand")).isEqualTo(generation);
  }

  @Test
  void whoFailsTakesTheContentBackWithIt() {
    deliver("back", ENV_FROM);
    stage.run("rollout", "status", "deployment", "back", "--timeout=30s");
    var before = rendered("back");
    stage.noMorePods();
    try {
      stage.apply(stage.model("back", "back", FLASH, ENV_FROM));
      stage.awaits("back", "Ready", "False RolledBack");
      stage.awaits("it to be put back", () -> rendered("back").equals(before));
      assertThat(content("back")).isEqualTo(given("back", KEY, MINI));
    } finally {
      stage.morePods();
    }
  }

  @Test
  void onRestartOnlyTheContentChanges() {
    stage.apply(
        stage.secret("calm", KEY),
        stage.key("calm"),
        stage.model("calm", "calm", MINI, ON_RESTART),
        reader("calm", "calm"));
    stage.awaits("it to be served", () -> stage.served("calm").equals("1/1"));
    var generation = stage.generation("calm");
    stage.apply(stage.model("calm", "calm", FLASH, ON_RESTART));
    stage.awaits("the new content", () -> content("calm").equals(given("calm", KEY, FLASH)));
    stage.awaits("calm", "Ready", "True Delivered");
    assertThat(stage.message("calm", "Delivered")).contains("next restart");
    assertThat(stage.generation("calm")).isEqualTo(generation);
    assertThat(rendered("calm")).isEmpty();
    assertThat(stage.label(stage.deployment("calm"), "llmconfig.dev/delivered-by"))
        .contains("calm");
    stage.run("delete", "mcfg", "calm", "--timeout=30s");
    assertThat(stage.generation("calm")).isEqualTo(generation);
  }

  @Test
  void aModeChangesWithOnePatchAndUndoIsAPersonsWill() {
    deliver("modes", "delivery: {mode: Env}");
    stage.run("rollout", "status", "deployment", "modes", "--timeout=30s");
    assertThat(stage.given("modes")).containsEntry("OPENAI_MODEL", MINI);
    var generation = stage.generation("modes");
    stage.apply(stage.model("modes", "modes", MINI, ENV_FROM));
    stage.awaits("nothing of ours to be in it", () -> stage.given("modes").isEmpty());
    stage.awaits("modes", "Ready", "True Delivered");
    assertThat(stage.generation("modes")).isEqualTo(generation + 1);
    assertThat(content("modes")).isEqualTo(given("modes", KEY, MINI));
    var told = rendered("modes");

    stage.run("rollout", "status", "deployment", "modes", "--timeout=30s");
    stage.run("rollout", "undo", "deployment", "modes");
    stage.awaits("modes", "Ready", "False Contested");
    assertThat(stage.given("modes")).containsEntry("OPENAI_MODEL", MINI);
    stage.run("annotate", "mcfg", "modes", "llmconfig.dev/retry-requested-at=now");
    stage.awaits("it to be told again", () -> rendered("modes").equals(told));
    assertThat(stage.given("modes")).isEmpty();

    generation = stage.generation("modes");
    stage.apply(stage.model("modes", "modes", FLASH, "delivery: {mode: Env}"));
    stage.awaits(
        "it in the template", () -> FLASH.equals(stage.given("modes").get("OPENAI_MODEL")));
    stage.awaits("modes", "Ready", "True Delivered");
    assertThat(stage.generation("modes")).isEqualTo(generation + 1);
  }

  @Test
  void theSecretStaysWhileATemplateNamesIt() {
    deliver("left", ENV_FROM);
    stage.run("delete", "mcfg", "left", "--timeout=30s");
    var agent = stage.deployment("left");
    assertThat(stage.label(agent, "llmconfig.dev/delivered-by")).isEmpty();
    assertThat(rendered("left")).isEmpty();
    var secret = stage.find("left-llm-env").orElseThrow();
    assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
    assertThat(content("left")).isEqualTo(given("left", KEY, MINI));
    stage.awaits(
        "an event",
        () -> stage.run("get", "events", "--field-selector=reason=LeftBehind").contains("left"));

    // Whoever comes back takes it up,
    stage.apply(stage.model("left", "left", FLASH, ENV_FROM));
    stage.awaits("left", "Ready", "True Delivered");
    stage.awaits("the new content", () -> content("left").equals(given("left", KEY, FLASH)));
    var adopted = stage.find("left-llm-env").orElseThrow().getMetadata();
    assertThat(adopted.getUid()).isEqualTo(secret.getMetadata().getUid());
    assertThat(adopted.getOwnerReferences()).hasSize(1);

    // and where nobody names it, it goes.
    stage.run("delete", "deployment", "left", "--timeout=30s");
    stage.run("delete", "mcfg", "left", "--timeout=30s");
    assertThat(stage.find("left-llm-env")).isEmpty();
  }

  private void deliver(String name, String delivery) {
    stage.apply(
        stage.secret(name, KEY),
        stage.key(name),
        stage.model(name, name, MINI, delivery),
        reader(name, name));
    stage.awaits(name + " to be served", () -> stage.served(name).equals("1/1"));
    stage.awaits(name, "Ready", "True Delivered");
  }

  /// As its owner writes it.
  private String reader(String agent, String modelConfig) {
    return stage
        .agent(agent, modelConfig)
        .replace(
            "env: [",
            "envFrom: [{secretRef: {name: %s-llm-env, optional: true}}], env: ["
                .formatted(modelConfig));
  }

  private Map<String, String> given(String key, String secret, String model) {
    return Map.of(
        "OPENAI_API_KEY", secret, "OPENAI_BASE_URL", stage.place(key), "OPENAI_MODEL", model);
  }

  private Map<String, String> content(String modelConfig) {
    var content = new TreeMap<String, String>();
    stage
        .find(modelConfig + "-llm-env")
        .map(secret -> Objects.requireNonNullElse(secret.getData(), Map.<String, String>of()))
        .orElse(Map.of())
        .forEach((name, value) ->
            content.put(
                name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return content;
  }

  private boolean moved(String agent, String from) {
    return !rendered(agent).isEmpty() && !rendered(agent).equals(from);
  }

  private String rendered(String agent) {
    var annotations =
        stage.deployment(agent).getSpec().getTemplate().getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault("llmconfig.dev/rendered", "");
  }
}
