package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// When agents get their settings is said by whoever declares them, and by whoever owns the agents.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class PoliciesIT {

  private AgentStage stage;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane).start();
    stage.apply(stage.secret("one", "sk-right-0123456789abcd"), stage.key("one"));
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void manualWaitsForTheCommandOfTheMessageEachTime() {
    var manual = "delivery: {rollout: {policy: Manual}}";
    stage.apply(
        stage.agent("manual", "manual"), stage.model("manual", "one", "gpt-5-mini", manual));
    stage.awaits("manual", "Delivered", "Unknown AwaitingApproval");
    assertThat(stage.given("manual")).isEmpty();
    assertThat(stage.condition("manual", "Stalled")).isEmpty();
    approve("manual");
    stage.awaits("manual", "Ready", "True Delivered");
    hasModel("manual", "gpt-5-mini");

    stage.apply(stage.model("manual", "one", "gemini-2.5-flash", manual));
    stage.awaits("manual", "Delivered", "Unknown AwaitingApproval");
    hasModel("manual", "gpt-5-mini");
    approve("manual");
    stage.awaits("manual", "Ready", "True Delivered");
    hasModel("manual", "gemini-2.5-flash");
  }

  @Test
  void aProfileOfAConfigMapIsReadWhenItComesChangesOrBreaks() {
    var acme = "delivery: {profile: acme}";
    stage.apply(stage.agent("acme", "acme"), stage.model("acme", "one", "gpt-5-mini", acme));
    stage.awaits("acme", "Ready", "False ProfileUnknown");

    stage.apply(profile("ACME_MODEL"), profile("beta", "BETA_MODEL"));
    stage.awaits("acme", "Ready", "True Delivered");
    assertThat(stage.given("acme")).containsOnlyKeys("ACME_BASE", "ACME_KEY", "ACME_MODEL");
    var mark = stage.mark();

    stage.apply(profile("ACME_LLM"));
    stage.awaits("the new list", () -> stage.given("acme").containsKey("ACME_LLM"));
    stage.awaits("acme", "Ready", "True Delivered");
    assertThat(stage.given("acme")).containsOnlyKeys("ACME_BASE", "ACME_KEY", "ACME_LLM");
    assertThat(stage.patches(mark, "acme")).isEqualTo(1);

    stage.apply(profile("LD_PRELOAD"));
    stage.awaits(
        "the note",
        () ->
            stage
                .run("get", "mcfg", "acme", "-o", "jsonpath={.status.notes}")
                .contains("acme.yaml:9: LD_PRELOAD may not be set"));
    assertThat(stage.run("get", "events", "--field-selector=reason=ProfileRefused"))
        .contains("configmap/acme")
        .contains("acme.yaml:9: LD_PRELOAD may not be set");
    assertThat(stage.says("acme", "Ready")).isEqualTo("True Delivered");

    stage.run("delete", "configmap", "acme");
    stage.awaits("acme", "Ready", "False ProfileUnknown");
    assertThat(stage.given("acme")).containsKey("ACME_LLM");
    assertThat(stage.patches(mark, "acme")).isEqualTo(1);
  }

  @Test
  void aLabelThatNamesNobodyIsToldOnTheWorkload() {
    stage.apply(stage.agent("misspelt", "suport"));
    stage.awaits(
        "the event",
        () ->
            stage
                .run("get", "events", "--field-selector=reason=ModelConfigNotFound")
                .matches("(?s).*deployment/misspelt +There is no ModelConfig suport in .*"));
  }

  private String profile(String variable) {
    return profile("acme", variable);
  }

  private String profile(String id, String variable) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: %1$s, namespace: %2$s, labels: {llmconfig.dev/profiles: "true"}}
    data:
      %1$s.yaml: |
        schema: llmconfig.dev/profile/v1
        id: %1$s
        version: 1
        dialect: OpenAI
        apiSurface: ChatCompletions
        urlStyle: WithV1
        env:
        - {name: %4$s_KEY, from: Key}
        - {name: %3$s, from: Model}
        - {name: %4$s_BASE, from: BaseUrl}
    """
        .formatted(id, stage.plane.namespace(), variable, id.toUpperCase(Locale.ROOT));
  }

  private void approve(String model) {
    var message = stage.message(model, "Delivered");
    stage.kubectl.paste(message.substring(message.indexOf("kubectl annotate")));
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndDoesNothing() {
    var mark = stage.mark();
    stage.apply(
        stage.agent("rehearsed", "rehearsed"),
        stage
            .model("rehearsed", "one", "gpt-5-mini")
            .replace(
                "{name: rehearsed,",
                "{name: rehearsed, annotations: {llmconfig.dev/dry-run: \"true\"},"));
    stage.awaits("rehearsed", "Delivered", "Unknown DryRun");
    var planned = Objects.requireNonNull(stage.status("rehearsed").getPlanned());
    assertThat(planned.getRestarts()).isEqualTo(1);
    assertThat(planned.getWorkloads())
        .singleElement()
        .satisfies(one -> assertThat(one.getName()).isEqualTo("rehearsed"));
    assertThat(stage.given("rehearsed")).isEmpty();
    assertThat(stage.written(mark).only(one -> one.name().equals("rehearsed")))
        .allSatisfy(one -> assertThat(one.subresource()).isEqualTo("status"));

    stage.run("annotate", "mcfg", "rehearsed", "llmconfig.dev/dry-run-");
    stage.awaits("rehearsed", "Ready", "True Delivered");
    hasModel("rehearsed", "gpt-5-mini");
    assertThat(stage.status("rehearsed").getPlanned()).isNull();
  }

  @Test
  void whatIsPausedIsNotWrittenBeforeItIsResumed() {
    stage.apply(stage.agent("paused", "resting"), stage.agent("running", "resting"));
    stage.run("rollout", "pause", "deployment", "paused");
    var mark = stage.mark();
    stage.apply(
        stage.model("resting", "one", "gpt-5-mini", "delivery: {rollout: {maxParallel: 1}}"));
    stage.awaits("the other to be served", () -> !stage.given("running").isEmpty());
    stage.awaits("resting", "Delivered", "False Waiting");
    stage.awaits(
        "the message to name it",
        () -> stage.message("resting", "Delivered").contains("Deployment paused is paused"));
    assertThat(stage.patches(mark, "paused")).isZero();

    stage.run("rollout", "resume", "deployment", "paused");
    stage.awaits("resting", "Ready", "True Delivered");
    hasModel("paused", "gpt-5-mini");
  }

  @Test
  void everyKindOfWorkloadIsServed() {
    stage.apply(
        stage.workload("StatefulSet", "stateful", "kinds"),
        stage
            .workload("StatefulSet", "on-delete", "kinds")
            .replace("serviceName:", "updateStrategy: {type: OnDelete}\n  serviceName:"),
        stage.workload("DaemonSet", "daemon", "kinds"),
        cronJob("cron", "kinds"),
        stage.model("kinds", "one", "gpt-5-mini"));
    stage.awaits("kinds", "Ready", "True Delivered");
    stage.awaits("all four to be counted", () -> stage.served("kinds").equals("4/4"));
    for (var one : new String[] {"sts/stateful", "sts/on-delete", "ds/daemon", "cronjob/cron"}) {
      assertThat(model(one)).as(one).isEqualTo("gpt-5-mini");
    }

    stage.run("delete", "mcfg", "kinds", "--timeout=30s");
    for (var one : new String[] {"sts/stateful", "sts/on-delete", "ds/daemon", "cronjob/cron"}) {
      assertThat(model(one)).as(one).isEmpty();
    }
  }

  @Test
  void startsAreAsFarApartAsTheyShall() {
    stage.apply(
        stage.agent("early", "steady"),
        stage.agent("late", "steady"),
        stage.model("steady", "one", "gpt-5-mini", "delivery: {rollout: {minIntervalSeconds: 4}}"));
    stage.awaits("steady", "Ready", "True Delivered");
    stage.awaits("both to be served", () -> stage.served("steady").equals("2/2"));
    assertThat(Duration.between(written("early"), written("late")).abs())
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(30));
  }

  private Instant written(String agent) {
    return stage.deployment(agent).getMetadata().getManagedFields().stream()
        .filter(entry -> "llm-config-operator".equals(entry.getManager()))
        .map(ManagedFieldsEntry::getTime)
        .map(Instant::parse)
        .findFirst()
        .orElseThrow();
  }

  private void hasModel(String agent, String model) {
    assertThat(stage.given(agent)).containsEntry("OPENAI_MODEL", model);
  }

  private String model(String workload) {
    return stage.run("get", workload, "-o", "jsonpath={..env[?(@.name==\"OPENAI_MODEL\")].value}");
  }

  private String cronJob(String name, String model) {
    return """
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: %1$s, namespace: %2$s, labels: {llmconfig.dev/model-config: %3$s}}
    spec:
      schedule: "0 0 1 1 *"
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: agent, image: "example.com/agent:1"}]
    """
        .formatted(name, stage.plane.namespace(), model);
  }
}
