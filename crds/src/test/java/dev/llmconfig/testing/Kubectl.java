package dev.llmconfig.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a person at a terminal does, with the kubectl that belongs to the control plane.
public final class Kubectl implements AutoCloseable {

  private final Path folder;
  private final List<String> words;

  private Kubectl(Path folder, Path kubeconfig, List<String> options) {
    this.folder = folder;
    this.words = new ArrayList<>();
    words.add(Checkout.state().resolve("control-plane/bin/kubectl").toString());
    words.add("--kubeconfig=" + kubeconfig);
    // The cache is keyed by address, and an address of loopback is soon another control plane's.
    words.add("--cache-dir=" + folder.resolve("cache"));
    words.addAll(options);
  }

  /// As whoever started the control plane, who may do everything.
  public static Kubectl admin() {
    return new Kubectl(folder(), Checkout.state().resolve("kubeconfig"), List.of());
  }

  /// With the rights of this actor, in its namespace.
  public static Kubectl of(Actor actor) {
    var folder = folder();
    var kubeconfig = folder.resolve("kubeconfig");
    try {
      Files.writeString(kubeconfig, actor.kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Kubectl(folder, kubeconfig, List.of("--namespace=" + actor.client().getNamespace()));
  }

  /// What a person does with a file.
  public String apply(String yaml) {
    try {
      return run("apply", "-f", Files.writeString(folder.resolve("applied.yaml"), yaml).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A command that was copied from somewhere and pasted into a terminal.
  public String paste(String command) {
    try {
      var binary = folder.resolve("kubectl");
      if (Files.notExists(binary)) {
        Files.writeString(
            binary,
            words.stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "#!/bin/sh\nexec ", " \"$@\"\n")));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
      }
      var terminal = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
      terminal.environment().merge("PATH", folder.toString(), (old, own) -> own + ":" + old);
      return finished(terminal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What it prints; anything but success ends the test with what it said.
  public String run(String... arguments) {
    var command = new ArrayList<>(words);
    command.addAll(List.of(arguments));
    return finished(new ProcessBuilder(command).redirectErrorStream(true));
  }

  private static String finished(ProcessBuilder command) {
    try {
      var process = command.start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Command(process.waitFor(), output).orFail().output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while kubectl was running.", e);
    }
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("kubectl");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
