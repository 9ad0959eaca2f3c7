package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.keys.OperatorJvm;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whoever leads goes missing in the middle of a roll: cut off, frozen, killed. The other one takes
/// over and ends the roll; nothing is patched twice, and who comes back writes nothing. Each
/// replica is a process with an account of its own, so that the API server tells who wrote what.
@ExtendWith(ControlPlaneExtension.class)
class TwoReplicasIT {

  private static final List<String> AGENTS = List.of("first", "second");

  @TempDir Path folder;

  /// A process, who it is to the API server, and its way there.
  private record Replica(OperatorJvm process, Actor account, FaultProxy way)
      implements AutoCloseable {
    boolean leads() throws IOException, InterruptedException {
      return process.runs();
    }

    boolean follows() throws IOException, InterruptedException {
      return process.get("/readyz").contains("another replica leads");
    }

    @Override
    public void close() {
      process.close();
    }
  }

  @Test
  void whoeverLeadsIsReplacedInMidRollAndEachAgentIsPatchedOnce(ControlPlane plane)
      throws IOException {
    try (var stage = AgentStage.set(plane);
        var one = replica(stage, "one")) {
      stage.awaits("the first replica to lead", one::leads);
      stage.apply(
          stage.secret("key", "sk-right-0123456789abcd"), stage.key("key"), model(stage, "0.1"));
      AGENTS.forEach(name -> stage.apply(agent(stage, name)));
      has(stage, "0.1");
      try (var two = replica(stage, "two")) {
        stage.awaits("the second replica to follow", two::follows);

        var mark = begins(stage, "0.2");
        one.way.faults().cut();
        one.way.watches().drop();
        ends(stage, "0.2", mark, one, two);
        one.way.faults().heal();
        stage.awaits("the first replica to follow", one::follows);
        onlyOneWroteAtATime(stage, mark, one, two);

        mark = begins(stage, "0.3");
        two.process.freeze();
        ends(stage, "0.3", mark, two, one);
        two.process.resume();
        stage.awaits("the second replica to follow again", two::follows);
        onlyOneWroteAtATime(stage, mark, two, one);

        mark = begins(stage, "0.4");
        one.process.kill();
        ends(stage, "0.4", mark, one, two);
      }
    }
  }

  /// The first agent has the new settings, and the second waits for its turn.
  private static AuditLog.Mark begins(AgentStage stage, String temperature) {
    var mark = stage.mark();
    stage.apply(model(stage, temperature));
    stage.awaits(
        "the first agent to be given " + temperature,
        () -> AGENTS.stream().anyMatch(name -> has(stage, name, temperature)));
    assertThat(AGENTS).anySatisfy(name -> assertThat(has(stage, name, temperature)).isFalse());
    return mark;
  }

  private static void ends(
      AgentStage stage, String temperature, AuditLog.Mark mark, Replica before, Replica after) {
    has(stage, temperature);
    stage.awaits("support", "Ready", "True Delivered");
    for (var name : AGENTS) {
      assertThat(patches(stage, mark, name, before) + patches(stage, mark, name, after))
          .as("patches of " + name)
          .isEqualTo(1);
    }
  }

  private static int patches(AgentStage stage, AuditLog.Mark mark, String name, Replica by) {
    return written(stage, mark, by)
        .only(one -> one.resource().equals("deployments") && one.name().equals(name))
        .count();
  }

  /// Who comes back has nothing to say any more.
  private static void onlyOneWroteAtATime(
      AgentStage stage, AuditLog.Mark mark, Replica before, Replica after) {
    var users = List.of(before.account.user(), after.account.user());
    var turns = new ArrayList<String>();
    for (var write : stage.plane.audit().since(mark).writes()) {
      var counts =
          users.contains(write.user())
              // Between the last look at the lease and an event's way lies a moment in which a
              // process
              // can be frozen. Everything else is locked by the version that it was made from.
              && !List.of("leases", "events").contains(write.resource())
              && write.status() < 300;
      if (counts && (turns.isEmpty() || !turns.getLast().equals(write.user()))) {
        turns.add(write.user());
      }
    }
    assertThat(turns).isEqualTo(users);
  }

  private static Requests written(AgentStage stage, AuditLog.Mark mark, Replica by) {
    return stage.plane.audit().since(mark).by(by.account).writes().accepted();
  }

  private static void has(AgentStage stage, String temperature) {
    stage.awaits(
        "all agents to have temperature " + temperature,
        () -> AGENTS.stream().allMatch(name -> has(stage, name, temperature)));
  }

  private static boolean has(AgentStage stage, String name, String temperature) {
    return temperature.equals(stage.given(name).get("SPRING_AI_OPENAI_CHAT_TEMPERATURE"));
  }

  private Replica replica(AgentStage stage, String name) throws IOException {
    var way = stage.plane.faultProxy();
    var account = RunningOperator.account(stage.plane, "replica-" + name);
    return new Replica(
        OperatorJvm.start(
            Files.createDirectory(folder.resolve(name)),
            stage.plane.closedLater(account.through(way)),
            stage.ring),
        account,
        way);
  }

  private static String agent(AgentStage stage, String name) {
    return stage.agent(name, "support").replace("progressDeadlineSeconds: 5", "replicas: 0");
  }

  /// Starts are so far apart that a roll is under way for a while, whoever is slow.
  private static String model(AgentStage stage, String temperature) {
    return stage.model(
        "support",
        "key",
        "gemini-2.5-flash",
        "parameters: {temperature: " + temperature + "}",
        "delivery: {profile: spring-ai-2, rollout: {minIntervalSeconds: 5}}");
  }
}
