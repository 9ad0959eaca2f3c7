package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to rollouts, followed from its beginning to its end.
@ExtendWith(ControlPlaneExtension.class)
class RolloutGuideIT {

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatIsSaid(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var reader = Example.empty(folder);
    var steps = Document.read(Document.root().resolve("docs/guides/rollouts.md")).steps();
    try (var _ =
        RunningOperator.start(
            plane,
            plane.admin().client().getConfiguration(),
            RunningOperator.newKey(),
            "--watch-namespaces",
            "rollouts")) {
      follow(reader, steps.iterator());
    } finally {
      plane.admin().client().namespaces().withName("rollouts").delete();
    }
  }

  private static void follow(Example reader, Iterator<Document.Step> steps) throws Exception {
    // two agents; a change
    next(reader, steps);
    assertThat(next(reader, steps)).contains("echo-markdown", "2/2");

    // a look ahead, and done
    next(reader, steps);
    assertThat(models(reader)).isEqualTo("echo-markdown echo-markdown");
    next(reader, steps);
    assertThat(models(reader)).isEqualTo("echo echo");

    // by hand
    assertThat(next(reader, steps))
        .contains("restarts 2 workloads and waits for approval: kubectl annotate modelconfig");
    assertThat(models(reader)).isEqualTo("echo echo");
    next(reader, steps);
    assertThat(models(reader)).isEqualTo("echo-markdown echo-markdown");

    // another try; a pause, and the end
    next(reader, steps);
    next(reader, steps);
    assertThat(steps).isExhausted();
  }

  private static String models(Example reader) throws Exception {
    return reader.run(
        "kubectl get deployment -n rollouts"
            + " -o jsonpath='{..env[?(@.name==\"OPENAI_MODEL\")].value}'");
  }

  private static String next(Example reader, Iterator<Document.Step> steps) throws Exception {
    var step = steps.next();
    var said = reader.run(step.commands());
    assertThat(said).endsWith(step.printed());
    return said;
  }
}
