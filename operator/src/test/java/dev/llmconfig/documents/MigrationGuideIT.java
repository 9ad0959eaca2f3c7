package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to moving over, followed from its beginning to its end: what is imported becomes
/// Ready.
@ExtendWith(ControlPlaneExtension.class)
class MigrationGuideIT {

  private static final String KEY = "sk-proj-of-the-guide-0123456789";

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatIsSaid(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var reader = Example.empty(folder).in(plane.namespace());
    var blocks =
        Document.read(Document.root().resolve("docs/guides/migration.md")).blocks("sh").stream()
            .map(block ->
                "unset ENCRYPTION_KEY_FILE; export OPENAI_API_KEY=%s\n".formatted(KEY)
                    + block
                        .replace("-n agents", "-n " + plane.namespace())
                        .replace("namespace: agents", "namespace: " + plane.namespace()))
            .iterator();
    var internet = new Internet();
    try (var _ =
        RunningOperator.start(
            plane,
            plane.admin().client().getConfiguration(),
            internet.asking(),
            internet,
            RunningOperator.newKey())) {
      assertThat(reader.run(blocks.next()))
          .contains("Left out: model_list[0] (support) rpm: has no counterpart.")
          .contains("printenv OPENAI_API_KEY")
          .contains("fallbackRefs");
      reader.run(blocks.next());
      reader.run(blocks.next());
      assertThat(reader.run(blocks.next()))
          .contains("encryptedKey", "Left out: DATABASE_URL", "name: \"gpt-5-mini\"")
          .doesNotContain("sk-of-the-env-file")
          .doesNotContain("postgres:");
      assertThat(blocks).isExhausted();
      assertThat(internet.sent()).isEqualTo(Map.of("api.openai.com", Set.of(KEY)));
    }
  }
}
