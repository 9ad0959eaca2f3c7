package dev.llmconfig.cli;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The page of a process without a cluster, in a real browser.
@SuppressWarnings("NullAway.Init") // set before each test
class PlaygroundStandaloneIT {

  @TempDir Path directory;
  private Scenarios scenarios;
  private StandaloneStage stage;

  @BeforeEach
  void open() throws Exception {
    scenarios = Scenarios.of("standalone");
    stage = new StandaloneStage(directory);
  }

  @AfterEach
  void end() throws Exception {
    scenarios.close();
    stage.close();
  }

  @TestFactory
  Stream<DynamicTest> withoutACluster() {
    return scenarios.on(stage);
  }
}
