package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is there yet but what the chart brings; and, once more, nothing but a backup.
@ExtendWith(ControlPlaneExtension.class)
class FirstStartIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String NO_FINALIZER = "{\"metadata\":{\"finalizers\":null}}";

  private static final String AGENT =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: key, namespace: %1$s}
      stringData: {api-key: sk-first-0123456789abcdef}
      ---
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: echo, namespace: %1$s}
      spec: {provider: Echo, secretRef: {name: key, key: api-key}}
      ---
      apiVersion: llmconfig.dev/v1alpha1
      kind: ModelConfig
      metadata: {name: support, namespace: %1$s}
      spec: {apiKeyRef: {name: echo}, model: echo}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: agent, namespace: %1$s, labels: {llmconfig.dev/model-config: support}}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: agent, image: none}]}
      """;

  @TempDir Path folder;

  @Test
  void twoReplicasThatStartAtOnceMakeOneRingAndItsBackupOpensEverythingElsewhere(ControlPlane plane)
      throws Exception {
    var space = plane.namespace();
    var kubectl = plane.closedLater(Kubectl.admin());
    var release = release(plane);
    var mark = plane.audit().mark();
    var runs = List.of(directory("one"), directory("two"));

    var starting =
        runs.stream()
            .map(run -> CompletableFuture.supplyAsync(() -> operator(plane, release, run)))
            .toList();
    String token;
    try (var _ = starting.getFirst().join();
        var _ = starting.getLast().join()) {
      await("both to have handed over the ring")
          .atMost(SOON)
          .until(() -> runs.stream().allMatch(run -> Files.exists(run.resolve("keyring"))));

      assertThat(runs.stream().map(FirstStartIT::ring).distinct()).hasSize(1);
      assertThat(
              plane
                  .audit()
                  .since(mark)
                  .verb("create")
                  .on("secrets")
                  .accepted()
                  .only(request -> request.name().equals("llm-keyring")))
          .hasSize(1);
      token = BoundToken.of(Files.readAllBytes(runs.getFirst().resolve("keyring")), space, "git");
      kubectl.apply(BoundToken.object(space, "git", token));
      ready(kubectl, space, "git");
    }
    var backup = kubectl.run("get", "secret", "llm-keyring", "-n", space, "-o", "yaml");

    // As after a disaster: what was not in Git and not in the backup is gone.
    release.about("uninstall", "--wait");
    kubectl.run("patch", "akc", "git", "-n", space, "--type=merge", "-p", NO_FINALIZER);
    kubectl.run("delete", "akc", "git", "-n", space, "--timeout=60s");
    kubectl.run("delete", "secret", "-n", space, "--all");
    kubectl.apply(backup);
    var again = release(plane);
    var restored = plane.audit().mark();
    kubectl.apply(BoundToken.object(space, "git", token));
    var run = directory("three");
    try (var _ = operator(plane, again, run)) {
      ready(kubectl, space, "git");
      assertThat(ring(run)).isEqualTo(ring(runs.getFirst()));
      assertThat(
              plane
                  .audit()
                  .since(restored)
                  .writes()
                  .only(request -> request.name().equals("llm-keyring"))
                  .accepted())
          .as("a ring that was restored is only read")
          .isEmpty();
    }
  }

  /// What stays after an uninstall is enough to go on where it ended.
  @Test
  void aReinstallWithTheKeptRingOpensOldTokensAndTouchesNoAgent(ControlPlane plane)
      throws Exception {
    var space = plane.namespace();
    var kubectl = plane.closedLater(Kubectl.admin());
    var release = release(plane);
    var run = directory("before");
    try (var _ = operator(plane, release, run)) {
      await("the ring").atMost(SOON).until(() -> Files.exists(run.resolve("keyring")));
      var token = BoundToken.of(Files.readAllBytes(run.resolve("keyring")), space, "git");
      kubectl.apply(BoundToken.object(space, "git", token));
      kubectl.apply(AGENT.formatted(space));
      ready(kubectl, space, "git");
      kubectl.run("wait", "mcfg/support", "-n", space, "--for=condition=Ready", "--timeout=90s");
    }
    var agent = kubectl.run("get", "deployment", "agent", "-n", space, "-o", "jsonpath={.spec}");
    assertThat(agent).contains("secretKeyRef");
    release.about("uninstall", "--wait");

    var again = release(plane);
    var mark = plane.audit().mark();
    try (var _ = operator(plane, again, directory("after"))) {
      // Whatever it does to what was there, it does before it is done with what is new.
      kubectl.apply(
          BoundToken.object(
              space,
              "later",
              BoundToken.of(Files.readAllBytes(run.resolve("keyring")), space, "later")));
      ready(kubectl, space, "later");
      ready(kubectl, space, "git");
    }

    var since = plane.audit().since(mark).only(one -> one.user().equals(again.user()));
    assertThat(since.on("apikeyconfigs/status").verb("patch").accepted()).isNotEmpty();
    assertThat(since.writes().on("deployments")).isEmpty();
    assertThat(kubectl.run("get", "deployment", "agent", "-n", space, "-o", "jsonpath={.spec}"))
        .isEqualTo(agent);
  }

  private Release release(ControlPlane plane) {
    return Release.install(
        plane,
        folder,
        Yaml.documents(
                "{watchNamespaces: [%s], rbac: {people: false}, replicas: 2}"
                    .formatted(plane.namespace()))
            .getFirst());
  }

  private static RunningOperator operator(ControlPlane plane, Release release, Path run) {
    var flags = new ArrayList<>(release.flags());
    flags.addAll(List.of("--run-dir", run.toString()));
    try {
      return RunningOperator.start(plane, release.account(), "", flags.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  /// With the fingerprint key: by it agents are known to be up to date.
  private static Set<String> ring(Path run) {
    return Stream.of("keyring", "fingerprint-key")
        .map(file -> {
          try {
            return Files.readString(run.resolve(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .collect(Collectors.toSet());
  }

  private static void ready(Kubectl kubectl, String space, String name) {
    kubectl.run("wait", "akc/" + name, "-n", space, "--for=condition=Ready", "--timeout=90s");
  }
}
