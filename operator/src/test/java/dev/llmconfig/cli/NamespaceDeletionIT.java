package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A namespace goes, and the keys in use in it are in nobody's way.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class NamespaceDeletionIT {

  private static final String KEY = RunningOperator.newKey();

  @TempDir Path folder;

  private ControlPlane plane;
  private Kubectl kubectl;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    kubectl = plane.closedLater(Kubectl.admin());
  }

  /// Twenty keys in use, a provider that never answers, and a namespace that goes: with the
  /// operator there, and with the operator away.
  @Test
  void aNamespaceGoesWithTwentyKeysInUse() throws Exception {
    var everywhere = plane.clusterActor("cluster-operator", RunningOperator.RIGHTS);
    for (var away : new boolean[] {false, true}) {
      var namespace = namespace();
      var there = new KeyFolk(plane, kubectl, folder, namespace);
      var operator = hanging(everywhere, namespace);
      try {
        fill(there);
        if (away) {
          operator.close();
        }
        kubectl.run("delete", "namespace", namespace, "--wait=false");

        if (away) {
          await("the namespace to wait for the guards")
              .atMost(SOON)
              .until(() -> there.find("key-0").orElseThrow().isMarkedForDeletion());
          operator = hanging(everywhere, namespace);
        }
        await("the namespace to be gone")
            .atMost(Duration.ofSeconds(60))
            .until(() -> plane.admin().client().namespaces().withName(namespace).get() == null);
      } finally {
        operator.close();
      }
    }
  }

  private static void fill(KeyFolk there) {
    var yaml = new StringBuilder();
    IntStream.range(0, 20)
        .forEach(at ->
            yaml.append(
                """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: key-%1$d}
                stringData: {api-key: sk-%1$d-0123456789abcdef}
                ---
                apiVersion: llmconfig.dev/v1alpha1
                kind: ApiKeyConfig
                metadata: {name: key-%1$d}
                spec: {provider: OpenAI, secretRef: {name: key-%1$d}}
                ---
                apiVersion: llmconfig.dev/v1alpha1
                kind: ModelConfig
                metadata: {name: model-%1$d}
                spec: {apiKeyRef: {name: key-%1$d}, model: gpt-5-mini}
                """
                    .formatted(at)));
    there.apply(yaml.toString(), "--server-side");
    IntStream.range(0, 20).forEach(at -> there.awaitFinalizers("key-" + at, ApiGroup.FINALIZER));
  }

  /// Its provider takes every question and gives no answer.
  private RunningOperator hanging(Actor actor, String namespace) throws IOException {
    return RunningOperator.start(
        plane,
        actor.client().getConfiguration(),
        (_, _) -> {
          new CountDownLatch(1).await();
          throw new AssertionError("nobody counts down");
        },
        () -> {},
        KEY,
        "--watch-namespaces",
        namespace);
  }

  private String namespace() {
    return plane
        .admin()
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("doomed-")
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }
}
