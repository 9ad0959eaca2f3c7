package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A Secret that comes late, changes, is emptied, is deleted and comes back, whoever makes it.
@ExtendWith(ControlPlaneExtension.class)
class KeyArrivalIT {

  private static final String FIRST = "sk-proj-first-0123456789";
  private static final String SECOND = "sk-proj-second-9876543210";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void theOperatorFollowsAndKeepsTheLastGoodKey(Way way, ControlPlane plane) throws Exception {
    Crds.install(plane);
    var key = RunningOperator.newKey();
    var example = inNamespace(way.example(), plane.namespace(), key);
    var internet = new Internet();
    try (var _ = way.controller(plane, example);
        var _ =
            RunningOperator.start(
                plane,
                plane.admin().client().getConfiguration(),
                internet.asking(),
                internet,
                key)) {
      // late
      example.run("kubectl apply -f *.ApiKeyConfig.openai.yaml");
      await(example, "Reconciling", "SecretNotFound");
      assertThat(status(example, "conditions[?(@.type==\"Stalled\")]")).isEmpty();
      assertThat(internet.sent()).isEmpty();
      way.bring(example, FIRST);
      await(example, "Ready", "Verified");
      var first = status(example, "revision");

      // changed
      way.bring(example, SECOND);
      example.run("kubectl wait --for=jsonpath='{.status.previous.revision}'=" + first + AKC);
      await(example, "Ready", "Verified");
      var second = status(example, "revision");
      assertThat(second).isNotEqualTo(first);

      // emptied, and deleted
      way.bring(example, "");
      await(example, "Resolved", "KeyEmpty");
      await(example, "Ready", "KeptLastGood");
      way.remove(example);
      await(example, "Resolved", "SecretNotFound");
      await(example, "Ready", "KeptLastGood");
      assertThat(status(example, "revision")).isEqualTo(second);

      // back
      way.bring(example, SECOND);
      await(example, "Resolved", "SecretFound");
      await(example, "Ready", "Verified");
      assertThat(status(example, "revision")).isEqualTo(second);
      assertThat(internet.sent()).isEqualTo(Map.of("api.openai.com", Set.of(FIRST, SECOND)));
    }
  }

  private Example inNamespace(String name, String namespace, String key) throws Exception {
    var example = Example.of(name, folder, key);
    for (var file : example.yaml()) {
      Files.writeString(
          file, Files.readString(file).replace("namespace: " + name, "namespace: " + namespace));
    }
    return example.in(namespace);
  }

  private static final String AKC = " akc/openai --timeout=60s";

  private static void await(Example example, String condition, String reason) throws Exception {
    example.run(
        "kubectl wait --for=jsonpath='{.status.conditions[?(@.type==\"%s\")].reason}'=%s"
                .formatted(condition, reason)
            + AKC);
  }

  private static String status(Example example, String path) throws Exception {
    return example.run("kubectl get akc openai -o jsonpath='{.status." + path + "}'");
  }
}
