package dev.llmconfig.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a person does with charts at a terminal, with the helm that belongs to the control plane
/// and the rights of whoever started it.
public final class Helm {

  private final Path home;

  /// What it remembers between its runs goes into this folder.
  public Helm(Path home) {
    this.home = home;
  }

  /// What it prints; anything but success ends the test with what it said.
  public String run(String... arguments) {
    return finished(arguments).orFail().output();
  }

  /// What it prints when it must not succeed.
  public String fails(String... arguments) {
    var finished = finished(arguments);
    if (finished.exit() == 0) {
      throw new AssertionError("helm succeeded: " + finished.output());
    }
    return finished.output();
  }

  private Command finished(String... arguments) {
    var command = new ArrayList<>(List.of(Checkout.state() + "/control-plane/bin/helm"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", Checkout.state().resolve("kubeconfig").toString());
    builder.environment().put("HELM_CACHE_HOME", home.resolve("cache").toString());
    builder.environment().put("HELM_CONFIG_HOME", home.resolve("config").toString());
    builder.environment().put("HELM_DATA_HOME", home.resolve("data").toString());
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Command(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while helm was running.", e);
    }
  }
}
