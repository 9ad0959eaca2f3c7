package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the documents show is applied as it stands.
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
            number++;
            if (yaml.contains("apiVersion: kustomize.config.k8s.io/")) {
              assertThat(kubectl.run("kustomize", overlay(number, yaml).toString()))
                  .contains("kind: Deployment");
              continue;
            }
            var file = Files.writeString(folder.resolve(number + ".yaml"), yaml);
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

  /// No object of a cluster, but what makes some; here of this checkout instead of the public one.
  private Path overlay(int number, String yaml) throws IOException {
    var overlay = Files.createDirectory(folder.resolve("overlay-" + number)).toRealPath();
    var bases = overlay.relativize(Document.root().toRealPath().resolve("helm/kustomize"));
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        yaml.replaceAll("https://\\S+//helm/kustomize", bases.toString()));
    return overlay;
  }
}
