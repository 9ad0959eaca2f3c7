package dev.llmconfig.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One control plane of its own, beside the one that the other tests use.
@ExtendWith(ControlPlaneExtension.class)
class ClusterScriptsIT {
  private static Path state;

  @BeforeAll
  static void up(@TempDir Path folder) {
    state = folder.resolve("a folder");
    run("up").orFail();
  }

  @AfterAll
  static void down() {
    run("down").orFail();

    assertThat(state).doesNotExist();
    assertThat(mounts()).doesNotContain(state.toString());
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(processes()).isEmpty());
  }

  @Test
  void secondUpChangesNothing() {
    var before = processes();

    var again = run("up").orFail();

    assertThat(again.output()).contains("is up already");
    assertThat(processes()).isEqualTo(before);
  }

  @Test
  void runsBesideAnotherOne(ControlPlane other) throws IOException {
    assertThat(run("status").exit()).isZero();
    assertThat(Files.readString(state.resolve("kubeconfig")))
        .doesNotContain(
            other.admin().client().getConfiguration().getMasterUrl().replaceAll("/$", ""));
  }

  @Test
  void comesBackAfterEverythingWasKilled() throws IOException {
    // Given
    processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(processes()).isEmpty());
    assertThat(run("status").exit()).isEqualTo(1);

    // When
    run("up").orFail();

    // Then
    assertThat(run("status").orFail().output()).doesNotContain("stopped");
    assertThat(podRuns()).isTrue();
  }

  @Test
  void adoptsProcessesWithoutPidFilesAndSparesForeignOnes() throws IOException {
    // Given: a pid file that names this very test
    var before = processes();
    var run = state.resolve("control-plane/run");
    Files.writeString(run.resolve("etcd.pid"), Long.toString(ProcessHandle.current().pid()));
    Files.delete(run.resolve("kwok.pid"));

    // When
    run("up").orFail();

    // Then
    assertThat(run("status").exit()).isZero();
    assertThat(processes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down", "status", "logs", "env", "build", "load", "apiserver"})
  void explainsItselfAndRefusesWhatItDoesNotKnow(String command) {
    var help = run(command, "--help");
    var refused = run(command, "--no-such-thing");

    assertThat(help.exit()).isZero();
    assertThat(help.output()).startsWith(command.equals("env") ? "eval" : "cluster/" + command);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.output().strip()).contains("--no-such-thing").doesNotContain("\n");
  }

  private static Command run(String name, String... arguments) {
    return Command.cluster(state, name, arguments);
  }

  /// Proves scheduler, controllers and kwok at once, within a time in which no lease can run out.
  private static boolean podRuns() throws IOException {
    var config = Config.fromKubeconfig(Files.readString(state.resolve("kubeconfig")));
    var pod = ControlPlaneIT.pod("default", "after-the-crash", Map.of());
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      client.resource(pod).create();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> client.resource(pod).get().getStatus().getPhase().equals("Running"));
      return true;
    }
  }

  /// The living processes that name the state folder in their environment.
  private static List<Long> processes() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(ClusterScriptsIT::belongsToUs)
        .sorted()
        .toList();
  }

  private static boolean belongsToUs(long pid) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1)
          .contains("LLMCONFIG_CLUSTER_MEMBER=" + state + "/");
    } catch (IOException _) {
      return false; // gone, or somebody else's
    }
  }

  private static String mounts() {
    try {
      return Files.readString(Path.of("/proc/self/mounts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
