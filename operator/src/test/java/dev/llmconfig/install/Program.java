package dev.llmconfig.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program of the control plane's folder, which `cluster/env` has put on the PATH.
record Program(int exit, String output) {

  /// Both of its streams end up in one text.
  static Program run(String input, String... words) {
    try {
      var process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Program(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s is not on the PATH; run cluster/up, and eval \"$(cluster/env)\"".formatted(words[0]),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + words[0] + " was running.", e);
    }
  }

  String orFail() {
    if (exit != 0) {
      throw new AssertionError("Exit " + exit + ": " + output);
    }
    return output;
  }
}
