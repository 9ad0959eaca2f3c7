package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.AuditRecord;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Workloads.Sight;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What needs the workload itself.
@SuppressWarnings("NullAway.Init") // set before each test
class AgentActionsTest {

  private static final Right LIST = Right.of("list", "modelconfigs").in("agents");

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows("viewer", "viewer", LIST);
    stage.review.knows("jane", "jane", LIST, onChat("get"), onChat("patch"));
    stage.holds(
        new RestStage.Content(
            List.of(),
            List.of(Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5)),
            List.of(),
            List.of(Sample.agentRow(new Ref("agents", "chat"), "a1", 7))));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void oneAgentTellsWhatItsContainersHaveOfUs() {
    var agent = stage.get("viewer", "/agents/agents.Deployment.chat").json();

    assertThat(agent.at("/containers/0/name").asText()).isEqualTo("app");
    assertThat(agent.at("/containers/0/env").size()).isEqualTo(2);
    assertThat(agent.at("/containers/0/env/0/name").asText()).isEqualTo("OPENAI_MODEL");
    assertThat(agent.at("/containers/0/env/0/value").asText()).isEqualTo("gpt-7");
    assertThat(agent.at("/containers/0/env/1/secret").asBoolean()).isTrue();
    assertThat(agent.toString()).doesNotContain("OWN", "of-its-own");
    assertThat(stage.get("viewer", "/agents").json().path("items").get(0).has("containers"))
        .isFalse();
  }

  @Test
  void aRestartAnswersWithTheAgentWhateverItsCallerHasReadBefore() {
    var path = "/agents/agents.Deployment.chat";
    var tag = stage.get("jane", path).header("ETag");

    var answer = stage.change("POST", "jane", path + "/restart", "{}", "If-None-Match: " + tag);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("id").asText()).isEqualTo("agents.Deployment.chat");
  }

  @Test
  void thePatchIsReadWithTheRightOnTheWorkload() {
    var yaml = stage.get("jane", "/agents/agents.Deployment.chat/patch");

    assertThat(yaml.status()).isEqualTo(200);
    assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
    assertThat(yaml.body()).isEqualTo("kind: Deployment\n");
    assertThat(stage.workloads.asked).containsExactly("ours agents/Deployment.chat");
  }

  @Test
  void withoutThatRightItIsNamedWhetherOrNotThereIsSuchAWorkload() {
    for (var name : List.of("chat", "nobody")) {
      var refused = stage.get("viewer", "/agents/agents.Deployment.%s/patch".formatted(name));

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("verb").asText()).isEqualTo("get");
      assertThat(refused.json().path("resource").asText()).isEqualTo("deployments.apps");
      assertThat(refused.json().path("namespace").asText()).isEqualTo("agents");
      assertThat(refused.json().path("action").asText())
          .isEqualTo("Ask for get on deployments.apps in namespace agents.");
    }
    assertThat(restart("viewer", "chat").status()).isEqualTo(403);
    assertThat(restart("viewer", "chat").json().path("verb").asText()).isEqualTo("patch");
    assertThat(stage.workloads.asked).isEmpty();
  }

  @Test
  void aWorkloadThatIsNoAgentIsNotTouched() {
    stage.review.knows("root", "root", new Right("patch", "apps", "deployments", "", ""));

    assertThat(restart("root", "kube-dns").status()).isEqualTo(404);
    for (var id : List.of("agents.Pod.chat", "agents.Deployment.", "agents.Deployment", "agents")) {
      assertThat(stage.change("POST", "root", "/agents/%s/restart".formatted(id), "{}").status())
          .isEqualTo(404);
    }
    assertThat(stage.workloads.asked).isEmpty();
  }

  @Test
  void aRestartIsAskedForOnceAndRemembered() {
    var restarted = restart("jane", "chat");

    assertThat(restarted.status()).isEqualTo(202);
    assertThat(restarted.json().path("id").asText()).isEqualTo("agents.Deployment.chat");
    assertThat(stage.workloads.asked).containsExactly("restart agents/Deployment.chat Any[]");
    assertThat(stage.audited())
        .anyMatch(one ->
            one.action() == AuditRecord.Action.Update
                && one.object().equals("agents.Deployment.chat")
                && one.result() == AuditRecord.Result.Done);
  }

  @Test
  void whatTheClusterSaysIsPassedOn() {
    stage.workloads.sight = new Sight.Missing();
    assertThat(patch().status()).isEqualTo(404);
    stage.workloads.sight = new Sight.Denied(onChat("get"));
    assertThat(patch().status()).isEqualTo(403);
    stage.workloads.sight = new Sight.Unavailable();
    assertThat(patch().json().path("reason").asText()).isEqualTo("ApiServerUnavailable");
    stage.workloads.outcome = new Outcome.Unknown("no answer");
    assertThat(restart("jane", "chat").json().path("reason").asText()).isEqualTo("OutcomeUnknown");
  }

  private RestStage.Heard patch() {
    return stage.get("jane", "/agents/agents.Deployment.chat/patch");
  }

  private RestStage.Heard restart(String who, String name) {
    return stage.change("POST", who, "/agents/agents.Deployment.%s/restart".formatted(name), "{}");
  }

  private static Right onChat(String verb) {
    return new Right(verb, "apps", "deployments", "agents", "chat");
  }
}
