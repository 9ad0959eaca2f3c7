package dev.llmconfig.cli;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The page of a sidecar beside a running operator, in a real browser, on the real API server.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class PlaygroundIT {

  @TempDir Path data;
  private Scenarios scenarios;
  private ClusterStage stage;

  @BeforeEach
  void open(ControlPlane plane) throws Exception {
    scenarios = Scenarios.of("cluster");
    stage = new ClusterStage(plane, data, scenarios.count());
  }

  @AfterEach
  void end() throws Exception {
    stage.close();
    scenarios.close();
  }

  @TestFactory
  Stream<DynamicTest> onACluster() {
    return scenarios.on(stage);
  }
}
