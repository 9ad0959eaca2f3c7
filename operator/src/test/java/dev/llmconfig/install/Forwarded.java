package dev.llmconfig.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A `kubectl port-forward` in another terminal.
///
/// @param address where it listens
public record Forwarded(Process process, String address) implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("Forwarding from (127\\.0\\.0\\.1:\\d+) ");

  /// As it is printed somewhere, but for the port of this machine: that one may be taken.
  public static Forwarded by(String command) throws IOException {
    var anywhere = command.strip().replaceFirst(" \\d+:(\\d+)$", " :$1");
    var process =
        new ProcessBuilder("sh", "-c", "exec " + anywhere).redirectErrorStream(true).start();
    var said = process.inputReader(StandardCharsets.UTF_8).readLine();
    var address = ADDRESS.matcher(String.valueOf(said));
    if (!address.find()) {
      process.destroy();
      throw new AssertionError(anywhere + ": " + said);
    }
    return new Forwarded(process, address.group(1));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
