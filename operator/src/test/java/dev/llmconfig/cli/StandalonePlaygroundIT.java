package dev.llmconfig.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The page of a process without a cluster, in a real browser. `-Ddocs.update=true` puts the
/// pictures of the guide there anew.
@SuppressWarnings("NullAway.Init") // set before each test
class StandalonePlaygroundIT {

  private static final Path GUIDE = Path.of("../docs/guides/playground");

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
    if (Boolean.getBoolean("docs.update")) {
      for (var screen : List.of("chat", "keys", "models", "settings")) {
        Files.copy(
            Scenarios.PICTURES.resolve(screen + "-light-1440.png"),
            GUIDE.resolve(screen + ".png"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> withoutACluster() {
    return scenarios.on(stage);
  }
}
