package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to keys, followed from its beginning to its end.
@ExtendWith(ControlPlaneExtension.class)
class KeyGuideIT {

  private static final String KEY = "sk-proj-of-the-guide-0123456789";
  private static final String NEW = "sk-proj-new-0123456789abcdef";

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
    reader.write("new.key", NEW);
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
      // a key; what is said of it; a new one; a check; a pause
      next(reader, blocks);
      assertThat(next(reader, blocks)).contains("Ready True Verified: OpenAI accepted the key.");
      assertThat(next(reader, blocks)).contains("the key before may go after 20");
      next(reader, blocks);
      next(reader, blocks);
      assertThat(blocks).isExhausted();
      assertThat(internet.sent()).isEqualTo(Map.of("api.openai.com", Set.of(KEY, NEW)));
    } finally {
      Stream.of("agents", "llm-config")
          .forEach(name -> client.namespaces().withName(name).delete());
    }
  }

  private static String next(Example reader, Iterator<String> blocks) throws Exception {
    return reader.run(blocks.next());
  }
}
