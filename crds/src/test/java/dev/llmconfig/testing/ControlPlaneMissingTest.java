package dev.llmconfig.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneMissingTest {

  @Test
  void saysHowToGetOne(@TempDir Path empty) {
    assertThatThrownBy(() -> ControlPlane.join(empty, "any"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a control plane")
        .hasMessageContaining("make test")
        .hasMessageContaining("LLMCONFIG_CLUSTER_DIR=" + empty + " cluster/up");
  }
}
