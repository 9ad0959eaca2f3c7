package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to previews, followed as it is printed, with what it says comes out.
@ExtendWith(ControlPlaneExtension.class)
class PlanGuideIT {

  @TempDir private Path folder;

  @Test
  void everyCommandSaysWhatIsPrinted(ControlPlane plane) throws Exception {
    var guide = Document.read(Document.root().resolve("docs/guides/plan.md"));
    var reader = Example.empty(folder).in(plane.namespace());
    var commands = guide.blocks("sh");
    assertThat(reader.run(commands.getFirst())).isEqualTo(guide.blocks("text").getFirst());
    assertThat(reader.run(commands.getLast())).isEmpty();
  }
}
