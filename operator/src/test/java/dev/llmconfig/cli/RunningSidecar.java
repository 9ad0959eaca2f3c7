package dev.llmconfig.cli;

import dev.llmconfig.domain.Validated;
import dev.llmconfig.testing.ControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// A sidecar as its command starts it, on ports of its own.
public final class RunningSidecar implements AutoCloseable {

  private final SidecarProcess process;

  private RunningSidecar(SidecarProcess process) {
    this.process = process;
  }

  /// Beside an operator with that directory and that encryption key.
  public static RunningSidecar start(ControlPlane plane, Path data, String encryptionKey)
      throws IOException {
    return start(plane, data, Map.of(), Map.of("ENCRYPTION_KEY", encryptionKey));
  }

  /// With flags and variables of its container.
  public static RunningSidecar start(
      ControlPlane plane, Path data, Map<String, String> flags, Map<String, String> environment)
      throws IOException {
    var all = new TreeMap<>(flags);
    all.put("--data-dir", data.toString());
    all.put("--usage-dir", data.resolve("usage").toString());
    all.put("--listen", "127.0.0.1:0");
    all.put("--health-listen", "127.0.0.1:0");
    var parsed =
        SidecarConfiguration.parse(
            all,
            environment,
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
