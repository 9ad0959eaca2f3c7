package dev.llmconfig.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A finished run of one of the scripts in `cluster/`.
record Command(int exit, String output) {

  /// Runs `cluster/NAME` for a state folder; both output streams end up in one text.
  static Command cluster(Path state, String name, String... arguments) {
    var words = new ArrayList<>(List.of(Checkout.root().resolve("cluster").resolve(name) + ""));
    words.addAll(List.of(arguments));
    return run(state, words);
  }

  static Command run(List<String> words) {
    return run(Checkout.state(), words);
  }

  static Command run(Path state, List<String> words) {
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put(Checkout.STATE_VARIABLE, state.toString());
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Command(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + words.getFirst() + " was running.", e);
    }
  }

  Command orFail() {
    if (exit != 0) {
      throw new IllegalStateException("Exit " + exit + ": " + output);
    }
    return this;
  }
}
