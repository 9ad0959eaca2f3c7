package dev.llmconfig.cli;

import dev.llmconfig.domain.Validated;
import dev.llmconfig.testing.ControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A sidecar as its command starts it, on ports of its own.
public final class RunningSidecar implements AutoCloseable {

  private final SidecarProcess process;

  private RunningSidecar(SidecarProcess process) {
    this.process = process;
  }

  /// Beside an operator with that directory and that encryption key.
  public static RunningSidecar start(ControlPlane plane, Path data, String encryptionKey)
      throws IOException {
    var parsed =
        SidecarConfiguration.parse(
            Map.of(
                "--data-dir",
                data.toString(),
                "--usage-dir",
                data.resolve("usage").toString(),
                "--listen",
                "127.0.0.1:0",
                "--health-listen",
                "127.0.0.1:0"),
            Map.of("ENCRYPTION_KEY", encryptionKey),
            SidecarSurroundings.of(
                Map.of(), plane.admin().client().getConfiguration(), data.resolve("none")));
    if (!(parsed instanceof Validated.Valid<SidecarConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    return new RunningSidecar(SidecarProcess.start(configuration));
  }

  public int port() {
    return process.port();
  }

  @Override
  public void close() {
    process.close();
  }
}
