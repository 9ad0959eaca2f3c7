package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every folder below `plan/` is one decision about one key.
class KeyGoldenTest {

  private static final GoldenFolders KEYS = new GoldenFolders("plan", KeyScenario::new);

  @TestFactory
  Stream<DynamicNode> scenarios() throws IOException {
    return KEYS.tests();
  }

  @Test
  void thereAreScenarios() throws IOException {
    assertThat(KEYS.folders()).hasSizeGreaterThan(20);
  }

  @TestFactory
  Stream<DynamicTest> aSecondLookChangesNothing() throws IOException {
    return KEYS.folders().stream()
        .map(folder ->
            DynamicTest.dynamicTest(
                folder.getFileName().toString(),
                () -> assertThat(new KeyScenario(folder).secondLook()).isEmpty()));
  }
}
