package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to agents, followed from its beginning to its end.
@ExtendWith(ControlPlaneExtension.class)
class AgentGuideIT {

  private static final String KEY = "sk-proj-of-the-guide-0123456789";

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatIsSaid(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var client = plane.admin().client();
    var home =
        new NamespaceBuilder().withNewMetadata().withName("llm-config").endMetadata().build();
    // Another guide has a namespace of the same name.
    client.namespaces().withName("llm-config").waitUntilCondition(Objects::isNull, 60, SECONDS);
    client.resource(home).create();
    var reader = Example.empty(folder);
    reader.write("openai.key", KEY);
    var blocks =
        Document.read(Document.root().resolve("docs/guides/agents.md")).blocks("sh").iterator();
    var internet = new Internet();
    try (var _ =
        RunningOperator.start(
            plane,
            client.getConfiguration(),
            internet.asking(),
            internet,
            RunningOperator.newKey(),
            "--watch-namespaces",
            "agents",
            "--home-namespace",
            "llm-config")) {
      follow(reader, blocks);
      assertThat(internet.sent()).isEqualTo(Map.of("api.openai.com", Set.of(KEY)));
      // While somebody is there to take our finalizers away.
      client.namespaces().withName("agents").delete();
      client.namespaces().withName("agents").waitUntilCondition(Objects::isNull, 60, SECONDS);
    } finally {
      List.of("agents", "llm-config").forEach(name -> client.namespaces().withName(name).delete());
      client.namespaces().withName("llm-config").waitUntilCondition(Objects::isNull, 60, SECONDS);
    }
  }

  private static void follow(Example reader, Iterator<String> blocks) throws Exception {
    // opts in
    next(reader, blocks);
    assertThat(next(reader, blocks)).contains("1/1").contains("OPENAI_API_KEY\nOPENAI_MODEL\n");

    // nothing of ours in a container
    assertThat(next(reader, blocks)).contains("gpt-5-mini");
    assertThat(next(reader, blocks)).contains("desk-llm-env").contains("next restart");

    // a profile
    assertThat(next(reader, blocks)).contains("ACME_MODEL=gpt-5-mini");
    assertThat(next(reader, blocks)).contains("acme.yaml:7: PATH may not be set");
    assertThat(next(reader, blocks)).contains("ACME_MODEL").doesNotContain("OPENAI_MODEL");

    // the conditions
    assertThat(next(reader, blocks)).contains("Ready True Delivered");

    // the end
    assertThat(next(reader, blocks)).doesNotContain("OPENAI");
    assertThat(blocks).isExhausted();
  }

  private static String next(Example reader, Iterator<String> blocks) throws Exception {
    return reader.run(blocks.next());
  }
}
