package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every folder below `plan-deliveries/` is one step of the delivery of one ModelConfig.
class DeliveryGoldenTest {

  private static final GoldenFolders DELIVERIES =
      new GoldenFolders("plan-deliveries", DeliveryScenario::new);

  @TestFactory
  Stream<DynamicNode> scenarios() throws IOException {
    return DELIVERIES.tests();
  }

  @Test
  void thereAreScenarios() throws IOException {
    assertThat(DELIVERIES.folders()).hasSizeGreaterThanOrEqualTo(40);
  }
}
