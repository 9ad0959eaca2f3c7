package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to the encryption key, followed from its beginning to its end, with the operator as in
/// a pod: its key ring is in its Secret. What the reader does not do, losing the ring, the test
/// does.
@ExtendWith(ControlPlaneExtension.class)
class EncryptionGuideIT {

  private static final String KEY = "sk-proj-of-the-guide-0123456789";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String OWN_KEY =
      """
      kubectl create secret generic openai --from-file=api-key=openai.key
      kubectl apply -f - <<'END'
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: openai}
      spec:
        provider: OpenAI
        secretRef: {name: openai, key: api-key}
      END
      """;

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatIsSaid(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var reader = Example.empty(folder).in(plane.namespace());
    reader.write("openai.key", KEY);
    var all = Document.read(Document.root().resolve("docs/guides/encryption.md")).blocks("sh");
    var blocks =
        all.stream()
            .filter(block -> !block.contains("helm install"))
            .map(block -> here(block, plane.namespace()))
            .iterator();
    var internet = new Internet();
    try (var _ =
        RunningOperator.start(
            plane,
            plane.admin().client().getConfiguration(),
            internet.asking(),
            internet,
            "",
            "--keyring-secret",
            "llm-config-keyring")) {
      reader.run(OWN_KEY);
      ready(reader);
      var revision = status(reader, "revision");

      // the backup, and what is encrypted for Git
      next(reader, blocks);
      next(reader, blocks);
      reader.run(
          "ENCRYPTION_KEY_FILE=encryption.key llmconfig encrypt --namespace %s --name"
                  .formatted(plane.namespace())
              + " from-git"
              + " --provider OpenAI --yaml < openai.key | kubectl apply -f -",
          "kubectl wait --for=jsonpath='{.status.revision}' akc/from-git --timeout=60s");

      // a new key in front; what needs the old one; the token in Git; the end of the old one
      assertThat(next(reader, blocks)).contains("encrypts, older: k-");
      var needingTheOldOne = blocks.next();
      await("everything but the token in Git to be encrypted anew")
          .atMost(SOON)
          .until(() ->
              reader
                  .run(needingTheOldOne)
                  .lines()
                  .filter(line -> line.startsWith(plane.namespace()))
                  .allMatch(line -> line.contains("from-git  spec.encryptedKey")));
      next(reader, blocks);
      await("nothing to need the old key")
          .atMost(SOON)
          .until(() -> reader.run(needingTheOldOne).contains("Nothing needs an older key"));
      assertThat(next(reader, blocks)).doesNotContain("older:");
      ready(reader);

      // lost, and restored
      lose(reader);
      next(reader, blocks);
      ready(reader);
      assertThat(status(reader, "revision")).isEqualTo(revision);

      // lost for good
      lose(reader);
      assertThat(next(reader, blocks))
          .contains("was made", "does not open any more: %s/from-git".formatted(plane.namespace()));
      ready(reader);
      assertThat(status(reader, "maskedKey")).endsWith("6789");
      assertThat(blocks).isExhausted();
    }
    elsewhere(
        plane,
        reader,
        all.stream().filter(block -> block.contains("helm install")).findFirst().orElseThrow());
  }

  /// The same backup in a home where nothing is: what it opened it opens there.
  private void elsewhere(ControlPlane plane, Example reader, String commands) throws Exception {
    var home = plane.namespace() + "-restored";
    var revision = status(reader, "revision");
    var backup = folder.resolve("keyring-backup.yaml");
    Files.writeString(
        backup,
        Files.readString(backup)
            .replace("namespace: " + plane.namespace() + "\n", "namespace: " + home + "\n"));
    var person = Example.empty(folder);
    try {
      person.run(
          Example.inCheckout(commands.replaceAll("namespace llm-config\\b", "namespace " + home)));
      reader.run("kubectl delete secret openai-llmkey");
      var internet = new Internet();
      try (var _ =
          RunningOperator.start(
              plane,
              plane.admin().client().getConfiguration(),
              internet.asking(),
              internet,
              "",
              "--home-namespace",
              home,
              "--keyring-secret",
              "llm-config-keyring")) {
        reader.run(
            "kubectl wait --for=create secret/openai-llmkey --timeout=60s", waitFor("Verified"));
        assertThat(status(reader, "revision")).isEqualTo(revision);
        assertThat(person.run("kubectl get secret -n " + home + " -o name"))
            .contains("secret/llm-config-keyring");
      }
    } finally {
      person.run(
          "helm uninstall llm-config --namespace " + home + " --ignore-not-found",
          "kubectl delete namespace " + home + " --ignore-not-found --wait=false");
    }
  }

  private static String next(Example reader, Iterator<String> blocks) throws Exception {
    return reader.run(blocks.next());
  }

  /// The namespaces of the guide are this one, because other tests have some of that name.
  private static String here(String block, String namespace) {
    return block
        .replaceAll("(-n|--namespace) (llm-config|agents)\\b", "$1 " + namespace)
        .replaceAll("llmconfig keyring [a-z-]+", "$0 --watch-namespaces " + namespace);
  }

  private static void lose(Example reader) throws Exception {
    reader.run("kubectl delete secret llm-config-keyring", waitFor("KeyRingMissing"));
  }

  private static void ready(Example reader) throws Exception {
    reader.run(waitFor("Verified"));
  }

  private static String waitFor(String reason) {
    return "kubectl wait --for=jsonpath='{.status.conditions[?(@.type==\"Ready\")].reason}'=%s"
            .formatted(reason)
        + " akc/openai --timeout=60s";
  }

  private static String status(Example reader, String field) throws Exception {
    return reader.run("kubectl get akc openai -o jsonpath='{.status." + field + "}'");
  }
}
