package dev.llmconfig.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A control plane of its own with a real node, because it is ended and killed here. Needs root.
@Tag("node")
class RealNodeIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static NodeTraces before;
  private static Path state;
  private static RealNode node;

  @BeforeAll
  static void up(@TempDir Path folder) {
    // Longer than the path of a socket may be, and with what a path may hold.
    state = folder.resolve("a folder, " + "with a long name ".repeat(6).strip());
    run("build", "--with-node").orFail();
    before = NodeTraces.now();
    run("up", "--with-node").orFail();
    node = RealNode.of(state);
    NodeTraces.now().assertShow(node);
  }

  /// Twice, because an orderly end and the end of what a crash has left are two things.
  @AfterAll
  static void downLeavesNothing() {
    if (node == null) {
      run("down").orFail(); // it has not come up, and the test says so
      return;
    }
    node.close();
    run("down", "--keep").orFail();
    NodeTraces.now().assertNothingIsLeftSince(before, node);

    run("up").orFail();
    node = RealNode.of(state);
    node.close();
    node.killEverything();
    run("down").orFail();
    NodeTraces.now().assertNothingIsLeftSince(before, node);
    assertThat(state).doesNotExist();
  }

  @Test
  void serviceOfAnAgentAnswersToItsNameInAnotherPod() {
    // Given
    node.apply(TestAgent.named("greeter").with("MODEL", "gpt-5").deployment());
    node.apply(TestAgent.named("greeter").service());
    node.apply(TestAgent.named("caller").deployment());

    // When
    node.awaitRollout("greeter");
    node.awaitRollout("caller");

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(node.execute("caller", "/test-agent", "get", "http://greeter/"))
                .contains("MODEL=gpt-5"));
    assertThat(
            node.execute(
                "caller",
                "/test-agent",
                "get",
                "http://greeter." + node.namespace() + ".svc.cluster.local/"))
        .contains("MODEL=gpt-5");
    assertThat(node.log("greeter")).contains("MODEL=gpt-5");
  }

  @Test
  void killedContainerIsStartedAgain() {
    // Given
    node.apply(TestAgent.named("victim").deployment());
    node.awaitRollout("victim");

    // When
    node.killContainerOf("victim");

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var status = node.pod("victim").getStatus().getContainerStatuses().getFirst();
          assertThat(status.getRestartCount()).isEqualTo(1);
          assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(137);
          assertThat(status.getReady()).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-image,   example.com/missing:1,      MODEL=gpt-5",
    "never-ready,     llmconfig.dev/test-agent:2, NEVER_READY_WHEN=MODEL=gpt-6",
    "crashing,        llmconfig.dev/test-agent:2, CRASH_WHEN=MODEL=gpt-6",
  })
  void rolloutThatCannotSucceedMissesItsDeadlineAndSparesTheOldPod(
      String name, String image, String setting) {
    // Given
    var good = TestAgent.named(name).with("MODEL", "gpt-5").within(5);
    node.apply(good.deployment());
    node.awaitRollout(name);
    var old = node.pod(name);

    // When
    var parts = setting.split("=", 2);
    node.apply(good.running(image).with("MODEL", "gpt-6").with(parts[0], parts[1]).deployment());

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(node.deployment(name).getStatus().getConditions())
                .anySatisfy(condition -> {
                  assertThat(condition.getType()).isEqualTo("Progressing");
                  assertThat(condition.getReason()).isEqualTo("ProgressDeadlineExceeded");
                }));
    assertThat(node.deployment(name).getStatus().getAvailableReplicas()).isEqualTo(1);
    assertThat(node.again(old).getStatus().getContainerStatuses())
        .allSatisfy(container -> assertThat(container.getReady()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "oci-folder", "oci-archive"})
  void loadsImagesThatOtherToolsHaveMade(String form, @TempDir Path folder) {
    // Given
    var image = new ImageFile(folder, node.program("test-agent"));
    var name = "made-elsewhere/" + form + ":3";
    var file =
        switch (form) {
          case "docker" -> image.savedByDocker(name);
          case "oci-folder" -> image.ociLayout(name);
          default -> image.ociArchive(name);
        };

    // When
    var loaded = run("load", file.toString()).orFail();
    node.apply(TestAgent.named(form).running(name).deployment());

    // Then
    assertThat(loaded.output()).isEqualTo("docker.io/" + name + "\n");
    node.awaitRollout(form);
  }

  @Test
  void commandsOfTheReadmeWorkAsPrinted() throws IOException {
    // Given
    var readme = Files.readString(Checkout.root().resolve("cluster/README.md"));
    var commands =
        Pattern.compile("```sh\n(cluster/up --with-node .*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(commands.find()).isTrue();

    // When
    var printed =
        Command.run(
                state,
                List.of("bash", "-euc", "cd \"$0\"\n" + commands.group(1), Checkout.root() + ""))
            .orFail();

    // Then
    assertThat(printed.output()).contains("successfully rolled out").endsWith("PATH=/\n");
    assertThat(printed.output().split("\nMODEL=gpt-5\n", -1)).as("log and answer").hasSize(3);
  }

  @Test
  void podThatAsksForNothingIsSimulated() {
    // Given: a namespace that asks for nothing either
    var pod = ControlPlaneIT.pod("default", "simulated", Map.of());

    // When
    node.applyElsewhere(pod);

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(node.again(pod).getSpec().getNodeName()).isEqualTo("simulated-0"));
  }

  @Test
  void secondUpChangesNothing() {
    assertThat(run("up", "--with-node").orFail().output()).contains("is up already");
    assertThat(run("up").orFail().output()).contains("is up already");
  }

  private static Command run(String name, String... arguments) {
    return Command.cluster(state, name, arguments);
  }
}
