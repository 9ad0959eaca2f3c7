package dev.llmconfig.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the tests find this checkout and the state folder of its control plane.
final class Checkout {
  static final String STATE_VARIABLE = "LLMCONFIG_CLUSTER_DIR";

  private Checkout() {}

  /// Found by walking up, because Maven and an editor start tests in different folders.
  static Path root() {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("cluster/up"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "No folder above "
            + Path.of("").toAbsolutePath()
            + " holds cluster/up, so the control plane cannot be found; run the tests inside a"
            + " checkout.");
  }

  static Path state() {
    return Optional.ofNullable(System.getProperty("llmconfig.cluster.dir"))
        .or(() -> Optional.ofNullable(System.getenv(STATE_VARIABLE)))
        .map(Path::of)
        .orElseGet(() -> root().resolve(".cluster/test"));
  }
}
