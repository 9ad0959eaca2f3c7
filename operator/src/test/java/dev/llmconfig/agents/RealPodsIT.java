package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.NodeOfTheTests;
import dev.llmconfig.testing.TestAgent;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Agents that really run: containers are killed, rollouts are undone, and pods do not become ready
/// while keys are replaced, and every pod finds what it needs to start. Needs root.
@Tag("node")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class RealPodsIT {

  private static final String FIRST = "sk-first-0123456789abcd";
  private static final String SECOND = "sk-second-0123456789abcd";
  private static final String THIRD = "sk-third-0123456789abcd";

  private AgentStage stage;
  private RealAgents agents;
  private NodeOfTheTests node;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    node = NodeOfTheTests.up();
    stage = AgentStage.set(plane).start();
    agents = new RealAgents(stage);
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
    node.close();
  }

  /// The second key is one that the agent cannot live with, so its rollout lasts as long as the
  /// test needs it.
  @Test
  void aContainerThatIsKilledStartsAgainDuringAndAfterARotation() {
    agents.deployment(
        TestAgent.named("killed").within(15).with("NEVER_READY_WHEN", "OPENAI_API_KEY=" + SECOND));
    stage.apply(stage.secret("killed", FIRST), stage.key("killed"), model("killed", "gpt-5-mini"));
    stage.waitFor("killed", "Ready");
    rolledOut("killed");
    var first = stage.given("killed");
    var old = agents.pods("killed").getFirst();

    stage.apply(stage.secret("killed", SECOND));
    stage.awaits("a second pod", () -> agents.pods("killed").size() == 2);
    agents.survives(old);

    stage.awaits("killed", "Ready", "False RolledBack");
    stage.awaits("it to have the first key again", () -> stage.given("killed").equals(first));

    stage.apply(stage.secret("killed", THIRD));
    stage.awaits("killed", "Ready", "True Delivered");
    rolledOut("killed");
    var newest = agents.pods("killed").getFirst();
    assertThat(newest.getMetadata().getUid()).isNotEqualTo(old.getMetadata().getUid());
    agents.survives(newest);
    assertThat(agents.failures("killed")).isEmpty();
  }

  @Test
  void anUndoneRolloutStartsAtAnyMomentOfARotation() {
    agents.deployment(TestAgent.named("undone"));
    stage.apply(stage.secret("undone", FIRST), stage.key("undone"), model("undone", "gpt-5-mini"));
    stage.waitFor("undone", "Ready");
    rolledOut("undone");
    var first = stage.given("undone");

    // at once, while its pods are on their way
    stage.apply(stage.secret("undone", SECOND));
    stage.awaits("the second key to be given", () -> !stage.given("undone").equals(first));
    undo();

    // when all is done
    stage.apply(stage.secret("undone", THIRD));
    stage.awaits("undone", "Ready", "True Delivered");
    rolledOut("undone");
    undo();
    undo();
    assertThat(agents.failures("undone")).isEmpty();
  }

  private void undo() {
    stage.run("rollout", "undo", "deployment", "undone");
    rolledOut("undone");
    assertThat(agents.pods("undone")).isNotEmpty().allMatch(RealAgents::ready);
  }

  /// Neither kind says itself that its rollout failed, so ten minutes are made to have passed.
  @Test
  void whatHasNoDeadlineOfItsOwnIsPutBackAfterTenMinutes() {
    var agent =
        TestAgent.named("stateful").with("NEVER_READY_WHEN", "OPENAI_MODEL=gemini-2.5-flash");
    agents.statefulSet(agent);
    agents.daemonSet(
        TestAgent.named("daemon").with("NEVER_READY_WHEN", "OPENAI_MODEL=gemini-2.5-flash"));
    stage.apply(
        stage.secret("stateful", FIRST),
        stage.key("stateful"),
        stage.secret("daemon", FIRST),
        stage.key("daemon"),
        model("stateful", "gpt-5-mini"),
        model("daemon", "gpt-5-mini"));
    served("stateful");
    served("daemon");

    stage.apply(model("stateful", "gemini-2.5-flash"), model("daemon", "gemini-2.5-flash"));
    hasPodOf("stateful", "gemini-2.5-flash");
    hasPodOf("daemon", "gemini-2.5-flash");
    assertThat(stage.says("stateful", "Ready")).isIn("False Rolling", "False Waiting");
    agents.writtenBefore(StatefulSet.class, "stateful", Duration.ofMinutes(11));
    agents.writtenBefore(DaemonSet.class, "daemon", Duration.ofMinutes(11));

    stage.awaits("stateful", "Ready", "False RolledBack");
    stage.awaits("daemon", "Ready", "False RolledBack");
    hasPodOf("daemon", "gpt-5-mini");
    // Kubernetes does not replace the broken pod of a StatefulSet by itself, and the message says
    // so.
    assertThat(stage.message("stateful", "Ready")).contains("delete that pod");
    stage.awaits("its controller to know the template that was put back", this::putBack);
    agents
        .pods("stateful")
        .forEach(pod -> stage.client().resource(pod).withGracePeriod(0).delete());
    hasPodOf("stateful", "gpt-5-mini");
    stage.awaits(
        "both to be ready",
        () ->
            agents.pods("stateful").stream().allMatch(RealAgents::ready)
                && agents.pods("daemon").stream().allMatch(RealAgents::ready));
  }

  /// A pod that is deleted earlier comes back with the template that is broken.
  private boolean putBack() {
    var set =
        stage
            .client()
            .apps()
            .statefulSets()
            .inNamespace(stage.plane.namespace())
            .withName("stateful")
            .get();
    return set.getMetadata().getGeneration().equals(set.getStatus().getObservedGeneration())
        && set.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
            .anyMatch(variable -> "gpt-5-mini".equals(variable.getValue()));
  }

  private void served(String model) {
    stage.waitFor(model, "Ready");
    stage.awaits(model + " to be served", () -> stage.served(model).equals("1/1"));
  }

  private void hasPodOf(String agent, String model) {
    stage.awaits(
        agent + " to have a pod of " + model,
        () ->
            agents.pods(agent).stream()
                .flatMap(pod -> pod.getSpec().getContainers().getFirst().getEnv().stream())
                .anyMatch(variable -> model.equals(variable.getValue())));
  }

  private void rolledOut(String agent) {
    stage.run("rollout", "status", "deployment", agent, "--timeout=60s");
  }

  private String model(String name, String model) {
    return stage.model(name, name, model);
  }
}
