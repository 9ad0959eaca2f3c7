package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every folder below `plan-models/` is one decision about one ModelConfig, before anything is
/// delivered.
class ModelGoldenTest {

  private static final GoldenFolders MODELS = new GoldenFolders("plan-models", ModelScenario::new);

  @TestFactory
  Stream<DynamicNode> scenarios() throws IOException {
    return MODELS.tests();
  }

  @Test
  void thereAreScenarios() throws IOException {
    assertThat(MODELS.folders()).hasSizeGreaterThan(30);
  }
}
