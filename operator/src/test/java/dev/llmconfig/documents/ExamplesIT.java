package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the documents show is applied and run as it stands.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ExamplesIT {

  private static final Pattern NAMESPACE = Pattern.compile("\\bnamespace: [a-z-]+");

  private ControlPlane plane;

  @TempDir Path folder;

  @BeforeEach
  void install(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
  }

  @Test
  void everyObjectInADocumentIsAcceptedByTheApiServer() throws Exception {
    ExternalSecrets.install(Example.of("external-secrets", folder, ""));
    try (var kubectl = Kubectl.admin()) {
      var number = 0;
      for (var document : Document.all()) {
        for (var yaml : document.blocks("yaml")) {
          if (yaml.contains("kind:")) {
            yaml = NAMESPACE.matcher(yaml).replaceAll("namespace: " + plane.namespace());
            var file = Files.writeString(folder.resolve(number++ + ".yaml"), yaml);
            kubectl.run(
                "apply",
                "--server-side",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                file.toString());
          }
        }
      }
      assertThat(number).isPositive();
    }
  }

  @Test
  void theQuickStartBecomesReadyAndItsNextStepsWork() throws Exception {
    var key = RunningOperator.newKey();
    var keyFile = Files.writeString(folder.resolve("key"), key);
    try (var kubectl = Kubectl.admin();
        var _ =
            RunningOperator.start(
                plane,
                plane.admin().client().getConfiguration(),
                key,
                "--watch-namespaces",
                "quickstart")) {
      kubectl.run("apply", "--server-side", "--force-conflicts", "-f", quickstart(""));
      kubectl.run(
          "wait", "--for=condition=Ready", "--timeout=30s", "-n", "quickstart", "akc/quickstart");

      var printed = run(commands(keyFile));

      assertThat(printed)
          .contains("apikeyconfig.llmconfig.dev/quickstart", "sk-***", "from-git")
          .doesNotContain("0000-not-a-real", "2222-in-git");
    } finally {
      plane.admin().client().namespaces().withName("quickstart").delete();
    }
  }

  /// The indented lines of what `make run` prints, with its two blanks filled in.
  private static String commands(Path keyFile) throws IOException {
    return Files.readString(Document.root().resolve("examples/quickstart/next-steps.txt"))
        .replace("@environment@", "eval \"$(cluster/env)\"")
        .replace("@encryption-key-file@", keyFile.toString())
        .lines()
        .filter(line -> line.startsWith("  "))
        .collect(Collectors.joining("\n", "set -euo pipefail\n", "\n"));
  }

  private static String run(String script) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("bash", "-c", script)
            .directory(Document.root().toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static String quickstart(String file) {
    return Document.root().resolve("examples/quickstart").resolve(file).toString();
  }
}
