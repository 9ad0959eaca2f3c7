package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is suspended rests, and what ends holds nothing up.
@ExtendWith(ControlPlaneExtension.class)
class EndsIT {

  @Test
  void whatIsSuspendedIsFrozenButALostLabelReleases(ControlPlane plane) throws IOException {
    try (var stage = AgentStage.set(plane).start()) {
      stage.apply(
          stage.secret("one", "sk-right-0123456789abcd"),
          stage.key("one"),
          stage.model("frozen", "one", "gpt-5-mini"),
          stage.agent("stays", "frozen"),
          stage.agent("leaves", "frozen"));
      stage.awaits("frozen", "Ready", "True Delivered");
      stage.awaits("both to be served", () -> stage.served("frozen").equals("2/2"));

      stage.apply(stage.model("frozen", "one", "gemini-2.5-flash", "suspend: true"));
      stage.awaits("the change to be seen", () -> stage.seen("frozen"));
      var mark = stage.mark();
      stage.apply(stage.agent("comes", "frozen"));
      stage.run("label", "deployment", "leaves", "llmconfig.dev/model-config-");
      stage.awaits("it to be released", () -> stage.given("leaves").isEmpty());
      assertThat(stage.given("stays")).containsEntry("OPENAI_MODEL", "gpt-5-mini");
      assertThat(stage.patches(mark, "stays")).isZero();
      assertThat(stage.given("comes")).isEmpty();

      stage.apply(stage.model("frozen", "one", "gemini-2.5-flash"));
      stage.awaits("frozen", "Ready", "True Delivered");
      stage.awaits("both to be served", () -> stage.served("frozen").equals("2/2"));
      assertThat(stage.given("stays")).containsEntry("OPENAI_MODEL", "gemini-2.5-flash");
      assertThat(stage.given("comes")).containsEntry("OPENAI_MODEL", "gemini-2.5-flash");
    }
  }

  /// A container that restarts looks its Secret up again, so that outlives the key that it is of.
  @Test
  void aKeyThatIsDeletedByForceLeavesBehindWhatAgentsName(ControlPlane plane) throws IOException {
    try (var stage = AgentStage.set(plane).start()) {
      stage.apply(
          stage.secret("forced", "sk-right-0123456789abcd"),
          stage.key("forced"),
          stage.model("orphan", "forced", "gpt-5-mini"),
          stage.agent("orphan", "orphan"));
      stage.awaits("orphan", "Ready", "True Delivered");
      stage.awaits("it to be served", () -> stage.served("orphan").equals("1/1"));
      var secret = stage.given("orphan").getOrDefault("OPENAI_API_KEY", "@").substring(1);
      var mark = stage.mark();

      stage.run("annotate", "akc", "forced", "llmconfig.dev/force-delete=true");
      stage.run("delete", "akc", "forced", "--timeout=60s");
      stage.awaits("orphan", "Accepted", "False KeyNotFound");

      var left = stage.find(secret).orElseThrow().getMetadata();
      assertThat(left.getOwnerReferences()).isEmpty();
      assertThat(left.getDeletionTimestamp()).isNull();
      assertThat(stage.run("get", "events", "--field-selector=reason=LeftBehind", "-o=name"))
          .contains("forced");
      assertThat(stage.given("orphan")).containsEntry("OPENAI_API_KEY", "@" + secret);
      assertThat(stage.patches(mark, "orphan")).isZero();
    }
  }

  /// Several times, because it is a race what the framework forgets.
  @Test
  void aModelConfigThatIsMadeAgainAtOnceIsTakenUp(ControlPlane plane) throws IOException {
    try (var stage = AgentStage.set(plane).start()) {
      stage.apply(
          stage.secret("again", "sk-right-0123456789abcd"),
          stage.key("again"),
          stage.agent("again", "again"));
      for (var model : List.of("gpt-5-mini", "gpt-5", "gpt-5-mini", "gpt-5", "gpt-5-mini")) {
        stage.apply(stage.model("again", "again", model));
        stage.awaits("again", "Ready", "True Delivered");
        stage.awaits(
            "it to be given", () -> model.equals(stage.given("again").get("OPENAI_MODEL")));
        stage.run("delete", "mcfg", "again", "--timeout=60s");
      }
    }
  }

  @Test
  void aWholeNamespaceGoes(ControlPlane plane) throws IOException {
    var agents = plane.namespace() + "-agents";
    try (var stage = AgentStage.everywhere(plane)) {
      stage.run("create", "namespace", agents);
      stage.start("--watch-namespaces", agents);
      stage.apply(
          String.join(
                  "---\n",
                  stage.secret("one", "sk-right-0123456789abcd"),
                  stage.key("one"),
                  stage.model("here", "one", "gpt-5-mini", "isDefault: true"),
                  stage.model("there", "one", "gemini-2.5-flash"),
                  stage.agent("chat", "here"),
                  stage.agent("follower", "default"),
                  stage.agent("other", "there"))
              .replace("namespace: " + plane.namespace(), "namespace: " + agents));
      for (var model : new String[] {"here", "there"}) {
        stage.kubectl.run(
            "wait", "--for=condition=Ready", "--timeout=60s", "mcfg/" + model, "-n", agents);
      }
      stage.kubectl.run("delete", "namespace", agents, "--timeout=60s");
    }
  }
}
