package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to keys, followed from its beginning to its end, with the operator as in a pod: its
/// key ring is in its Secret. What the reader does not do, losing the ring, the test does.
@ExtendWith(ControlPlaneExtension.class)
class KeyGuideIT {

  private static final String KEY = "sk-proj-of-the-guide-0123456789";
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatIsSaid(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var client = plane.admin().client();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName("llm-config").endMetadata().build())
        .create();
    var reader = Example.empty(folder);
    reader.write("openai.key", KEY);
    var blocks =
        Document.read(Document.root().resolve("docs/guides/keys.md")).blocks("sh").iterator();
    var internet = new Internet();
    try (var _ =
        RunningOperator.start(
            plane,
            client.getConfiguration(),
            internet.asking(),
            internet,
            "",
            "--watch-namespaces",
            "agents",
            "--home-namespace",
            "llm-config")) {
      // a key; what is said of it; a check; a pause
      next(reader, blocks);
      assertThat(next(reader, blocks)).contains("Ready True Verified: OpenAI accepted the key.");
      next(reader, blocks);
      next(reader, blocks);
      var revision = status(reader, "revision");

      // the encryption key: backup, a new one in front, what needs the old one, without it
      next(reader, blocks);
      encryptForGit(reader);
      next(reader, blocks);
      var needingTheOldOne = blocks.next();
      await("everything but the token in Git to be encrypted anew")
          .atMost(SOON)
          .until(() -> reader.run(needingTheOldOne).equals("agents/from-git\n"));
      encryptForGit(reader);
      await("nothing to need the old key")
          .atMost(SOON)
          .until(() -> reader.run(needingTheOldOne).isEmpty());
      next(reader, blocks);
      reader.run(
          "[[ $(kubectl get secret llm-config-operator-keyring -n llm-config -o jsonpath='{.data.keys}' | base64 -d) == $(cat encryption.key) ]]");
      ready(reader);

      // lost, and restored
      lose(reader);
      next(reader, blocks);
      ready(reader);
      assertThat(status(reader, "revision")).isEqualTo(revision);

      // lost for good
      lose(reader);
      next(reader, blocks);
      ready(reader);
      assertThat(status(reader, "maskedKey")).endsWith("6789");
      assertThat(blocks).isExhausted();
      assertThat(internet.sent()).isEqualTo(Map.of("api.openai.com", Set.of(KEY)));
    } finally {
      Stream.of("agents", "llm-config")
          .forEach(name -> client.namespaces().withName(name).delete());
    }
  }

  private static String next(Example reader, Iterator<String> blocks) throws Exception {
    return reader.run(blocks.next());
  }

  private static void encryptForGit(Example reader) throws Exception {
    reader.run(
        "llmconfig encrypt --namespace agents --name from-git --provider OpenAI --yaml < openai.key"
            + " | kubectl apply -f -",
        "kubectl wait --for=condition=Ready akc/from-git -n agents --timeout=60s");
  }

  private static void lose(Example reader) throws Exception {
    reader.run(
        "kubectl delete secret llm-config-operator-keyring -n llm-config",
        waitFor("KeyRingMissing"));
  }

  private static void ready(Example reader) throws Exception {
    reader.run(waitFor("Verified"));
  }

  private static String waitFor(String reason) {
    return "kubectl wait --for=jsonpath='{.status.conditions[?(@.type==\"Ready\")].reason}'=%s"
            .formatted(reason)
        + " akc/openai -n agents --timeout=60s";
  }

  private static String status(Example reader, String field) throws Exception {
    return reader.run("kubectl get akc openai -n agents -o jsonpath='{.status." + field + "}'");
  }
}
