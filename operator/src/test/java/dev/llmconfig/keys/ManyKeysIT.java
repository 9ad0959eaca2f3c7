package dev.llmconfig.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A hundred keys; `make test-load` takes five hundred.
@ExtendWith(ControlPlaneExtension.class)
class ManyKeysIT {

  @Test
  void manyKeysAreProvenFourAtATimeAndNothingIsDoneTwice(ControlPlane plane) throws IOException {
    try (var stage = KeyStage.set(plane)) {
      var keys = new ManyKeys(stage, 100);

      keys.allBecomeReady();

      assertThat(keys.aRestartCostsNothing()).isLessThan(Duration.ofSeconds(30));
      keys.aSecondApplyOfTheSameGitStateCostsNothing();
      keys.aSecondLookCostsNothing();
    }
  }
}
