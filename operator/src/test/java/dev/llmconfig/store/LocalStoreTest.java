package dev.llmconfig.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises, kept where a file is the truth.
@SuppressWarnings("NullAway.Init") // set before each test
class LocalStoreTest implements ConfigStoreContract {

  @TempDir Path folder;

  private LocalWorld world;

  @BeforeEach
  void open() {
    world = new LocalWorld(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Override
  public StoreWorld world() {
    return world;
  }
}
