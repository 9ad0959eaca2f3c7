package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.agent.AcmeProfile;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ChatRows;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Preview;
import dev.llmconfig.store.Stored;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a dry run says of agents, and what a draft would give them.
@SuppressWarnings("NullAway.Init") // set before each test
class ImpactTest {

  private static final Ref CONFIG = new Ref("agents", "support");

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows(
        "jane",
        "jane",
        Right.of("get", "modelconfigs").in("agents"),
        Right.of("list", "modelconfigs").in("agents"),
        Right.of("create", "modelconfigs").in("agents"),
        Right.of("patch", "modelconfigs").in("agents"),
        Right.of("delete", "modelconfigs").in("agents"));
    stage.review.knows("nobody", "nobody");
    stage.holds(
        new RestStage.Content(
            List.of(ChatRows.echo(new Ref("agents", "openai"))),
            List.of(ChatRows.config(CONFIG, "echo").row()),
            List.of(),
            List.of(
                Sample.row(Sample.agent(new Ref("agents", "chat"), "a1", 7, "support", false)),
                Sample.row(Sample.agent(new Ref("agents", "other"), "a2", 7, "none", false)))));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aChangeNamesTheAgentsThatItRestarts() {
    var impact = dryRun(spec("echo", ""));

    assertThat(impact.path("restarts").asInt()).isEqualTo(1);
    assertThat(impact.path("hotSwitches").asInt()).isZero();
    assertThat(impact.path("truncated").asBoolean(true)).isFalse();
    assertThat(effects(impact)).isEqualTo(Map.of("agents.Deployment.chat", "Restart"));
  }

  @Test
  void aParameterThatIsNotSentIsWarnedOf() {
    var key = Sample.key(new Ref("agents", "openai"), "k1", 9);
    key.getStatus().setRevision("r-0123456789");
    stage.changes(new RowChange.KeyIs(Sample.row(key)));
    var spec = spec("gpt-5-mini", "");
    spec.putObject("parameters").put("temperature", 0.2).put("maxOutputTokens", 900_000_000);

    var warnings = dryRun(spec).path("warnings");

    assertThat(warnings.findValuesAsText("field"))
        .containsExactly("parameters.temperature", "parameters.maxOutputTokens");
    assertThat(warnings.findValuesAsText("reason")).containsExactly("Dropped", "Clamped");
    assertThat(warnings.get(0).path("message").asText())
        .isEqualTo("gpt-5-mini does not accept temperature; it is not sent.");
  }

  /// A profile that only the cluster has is one as well, and its change counts.
  @Test
  void aProfileOfTheClusterIsKnown() {
    var spec = spec("echo", "\"profile\": \"acme\"");

    assertThat(effects(dryRun(spec))).doesNotContainValue("Restart");

    stage.profiles(acme("ACME_MODEL"));

    assertThat(effects(dryRun(spec))).isEqualTo(Map.of("agents.Deployment.chat", "Restart"));
    assertThat(stage.get("jane", "/profiles?q=acme").each("id")).containsExactly("acme");
    assertThat(drafted()).contains("ACME_MODEL");

    stage.profiles(acme("ACME_OTHER"));

    assertThat(drafted()).contains("ACME_OTHER").doesNotContain("ACME_MODEL");
  }

  private List<String> drafted() {
    return preview("jane", "\"model\": \"echo\", \"profile\": \"acme\"")
        .json()
        .path("env")
        .findValuesAsText("name");
  }

  private static ProfileFile acme(String variable) {
    return new ProfileFile("of-acme", AcmeProfile.FILE, AcmeProfile.withModelIn(variable));
  }

  @Test
  void whatWaitsForSomebodyIsNoRestart() {
    assertThat(effects(dryRun(spec("echo", "\"rollout\": {\"policy\": \"Manual\"}"))))
        .isEqualTo(Map.of("agents.Deployment.chat", "NeedsApproval"));
    assertThat(effects(dryRun(spec("echo", "\"mode\": \"None\""))))
        .isEqualTo(Map.of("agents.Deployment.chat", "None"));
    var suspended = spec("echo", "").put("suspend", true);
    assertThat(effects(dryRun(suspended))).isEqualTo(Map.of("agents.Deployment.chat", "None"));
  }

  @Test
  void aCronJobGetsItWithItsNextJob() {
    stage.changes(
        new RowChange.AgentIs(
            Sample.row(
                Serialization.unmarshal(
                    """
                    apiVersion: batch/v1
                    kind: CronJob
                    metadata:
                      name: nightly
                      namespace: agents
                      uid: c1
                      creationTimestamp: "2026-11-20T11:00:00Z"
                      labels: {llmconfig.dev/model-config: support}
                      managedFields:
                      - {manager: helm, operation: Apply, fieldsType: FieldsV1, fieldsV1: {"f:spec": {}}}
                    spec:
                      schedule: "@daily"
                      jobTemplate: {spec: {template: {spec: {containers: [{name: job}]}}}}
                    """,
                    CronJob.class))));

    assertThat(effects(dryRun(spec("echo", ""))))
        .containsEntry("agents.CronJob.nightly", "OnNextRestart");
  }

  @Test
  void aDeletionOfWhatDeliversNothingRestartsNobody() {
    stage.store.says(
        new Outcome.Previewed(new Preview(stored(spec("echo", "")), List.of()), List.of()));

    var impact =
        stage
            .change("DELETE", "jane", "/config/model-configs/agents.support?dryRun=true", "")
            .json();

    assertThat(impact.path("restarts").asInt()).isZero();
    assertThat(effects(impact)).containsValue("None").doesNotContainValue("Restart");
  }

  @Test
  void aConfigThatIsMadeAlongsideChangesNobodyElse() {
    stage.store.says(
        new Outcome.Previewed(
            new Preview(
                new Stored(new Ref("agents", "fresh"), "n", 1, "1", "", spec("echo", "")),
                List.of(),
                List.of(stored(spec("echo-slow", "")))),
            List.of()));

    var impact =
        stage
            .change(
                "POST",
                "jane",
                "/config/model-configs?dryRun=true",
                "{\"namespace\": \"agents\", \"apiKeyRef\": {\"name\": \"openai\"}, \"model\": \"echo\"}")
            .json();

    // the one that is changed along with it
    assertThat(effects(impact)).isEqualTo(Map.of("agents.Deployment.chat", "Restart"));
  }

  @Test
  void aDraftShowsWhatAgentsWouldReceive() {
    var preview = preview("jane", "\"model\": \"echo\", \"profile\": \"openai\"");

    assertThat(preview.status()).isEqualTo(200);
    assertThat(value(preview.json(), "OPENAI_MODEL").path("value").asText()).isEqualTo("echo");
    for (var entry : preview.json().path("env")) {
      assertThat(entry.has("value") != entry.path("secret").asBoolean()).isTrue();
    }
    assertThat(preview.json().path("yaml").asText())
        .contains("kind: \"ModelConfig\"", "profile: \"openai\"");
    assertThat(preview.json().path("files").isEmpty()).isTrue();
    assertThat(stage.store.asked).isEmpty();
    assertThat(stage.audited()).isEmpty();
  }

  @Test
  void inModeFileThereAreFilesAndTheKeyIsNoneOfThem() {
    var preview = preview("jane", "\"model\": \"echo\", \"delivery\": {\"mode\": \"File\"}");

    assertThat(preview.json().path("files").findValuesAsText("path")).contains("/etc/llm/llm.json");
    assertThat(preview.json().path("env").isEmpty()).isTrue();
  }

  @Test
  void aDraftThatCannotBeUsedSaysWhy() {
    assertThat(
            preview("jane", "\"model\": \"echo\", \"profile\": \"nobody-has-it\"")
                .json()
                .path("notes")
                .toString())
        .contains("nobody-has-it");
    var wrong = preview("jane", "\"model\": \"echo\", \"parameters\": {\"temperature\": 9}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().at("/problems/0/field").asText()).isEqualTo("parameters.temperature");
    var typo = preview("jane", "\"model\": \"echo\", \"delivery\": {\"moode\": \"Env\"}");
    assertThat(typo.json().path("reason").asText()).isEqualTo("UnknownField");
    assertThat(
            preview("jane", "\"model\": \"echo\", \"agent\": \"agents.Deployment.gone\"").status())
        .isEqualTo(422);
    assertThat(
            preview("jane", "\"model\": \"echo\", \"agent\": \"agents.Deployment.chat\"").status())
        .isEqualTo(200);
    assertThat(preview("nobody", "\"model\": \"echo\"").status()).isEqualTo(403);
  }

  private RestStage.Heard preview(String who, String rest) {
    return stage.change(
        "POST",
        who,
        "/config/model-configs/preview",
        "{\"namespace\": \"agents\", \"apiKeyRef\": {\"name\": \"openai\"}, %s}".formatted(rest));
  }

  private JsonNode dryRun(ObjectNode spec) {
    stage.store.says(new Outcome.Previewed(new Preview(stored(spec), List.of()), List.of()));
    return stage
        .change(
            "PATCH",
            "jane",
            "/config/model-configs/agents.support?dryRun=true",
            "{}",
            "If-Match: *")
        .json();
  }

  private static Map<String, String> effects(JsonNode impact) {
    var all = new TreeMap<String, String>();
    impact
        .path("agents")
        .forEach(one -> all.put(one.path("id").asText(), one.path("effect").asText()));
    return all;
  }

  private static JsonNode value(JsonNode preview, String name) {
    for (var entry : preview.path("env")) {
      if (entry.path("name").asText().equals(name)) {
        return entry;
      }
    }
    throw new AssertionError(preview.toString());
  }

  private static Stored stored(ObjectNode spec) {
    return new Stored(CONFIG, "u-support", 5, "5", "2026-11-20T11:00:00Z", spec);
  }

  private static ObjectNode spec(String model, String delivery) {
    return Wire.object(
        "{\"apiKeyRef\": {\"name\": \"openai\"}, \"model\": \"%s\", \"delivery\": {%s}}"
            .formatted(model, delivery));
  }
}
