package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The quick start, followed from its beginning to its end. The pods of the release are simulated
/// here, so the operator runs beside them.
@ExtendWith(ControlPlaneExtension.class)
class QuickStartIT {

  private static final String KEY = "sk-proj-of-the-guide-0123456789";

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatIsSaid(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var namespaces = plane.admin().client().namespaces();
    // Another guide has a namespace of the same name.
    namespaces.withName("llm-config").waitUntilCondition(Objects::isNull, 60, SECONDS);
    var reader = Example.empty(folder);
    reader.write("openai.key", KEY);
    var steps =
        Document.read(Document.root().resolve("docs/guides/quick-start.md")).steps().iterator();
    try {
      assertThat(next(reader, steps)).contains("STATUS: deployed", "llm-config-keyring");
      var internet = new Internet();
      try (var _ =
          RunningOperator.start(
              plane,
              plane.admin().client().getConfiguration(),
              internet.asking(),
              internet,
              "",
              "--watch-namespaces",
              "quick-start",
              "--home-namespace",
              "llm-config",
              "--keyring-secret",
              "llm-config-keyring")) {
        // a key and a model; an agent; a mistake; a key of one's own
        assertThat(next(reader, steps)).contains("apikeyconfig.llmconfig.dev/echo", "True");
        next(reader, steps);
        assertThat(next(reader, steps)).contains("Echo", "eco");
        next(reader, steps);
        assertThat(internet.sent()).isEqualTo(Map.of("api.openai.com", Set.of(KEY)));
        // a login; the end
        assertThat(next(reader, steps).lines().toList().getLast()).startsWith("ey");
        assertThat(next(reader, steps)).contains("release \"llm-config\" uninstalled");
        assertThat(steps).isExhausted();
      }
    } finally {
      reader.run("helm uninstall llm-config --namespace llm-config --ignore-not-found");
      List.of("quick-start", "llm-config").forEach(name -> namespaces.withName(name).delete());
      namespaces.withName("llm-config").waitUntilCondition(Objects::isNull, 60, SECONDS);
    }
  }

  private static String next(Example reader, Iterator<Document.Step> steps) throws Exception {
    var step = steps.next();
    var said = ListedAgent.withoutRevisions(reader.run(Example.inCheckout(step.commands())));
    assertThat(said).endsWith(step.printed());
    return said;
  }
}
