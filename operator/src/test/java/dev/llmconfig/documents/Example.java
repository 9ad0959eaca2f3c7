package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.LatePrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A copy of a folder of `examples/`, in which a person works as its page says.
///
/// @param encryptionKey that of the installation, in a file
/// @param namespace that of every command; empty where the files and commands name it themselves
record Example(Path folder, Path encryptionKey, String namespace) {

  private static final Path ALL = Document.root().resolve("examples");

  static List<String> names() {
    try (var folders = Files.list(ALL)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path original(String name) {
    return ALL.resolve(name);
  }

  /// A copy in this folder, with the key of the installation beside it; whatever tool the page
  /// names is there.
  static Example of(String name, Path folder, String encryptionKey) throws IOException {
    LatePrograms.await();
    return withKubectl(name, folder, encryptionKey);
  }

  /// The same for a page that names no tool but kubectl and ours.
  static Example withKubectl(String name, Path folder, String encryptionKey) throws IOException {
    var copy = Files.createDirectory(folder.resolve(name));
    for (var file : files(original(name))) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return new Example(
        copy, Files.writeString(folder.resolve(name + ".encryption-key"), encryptionKey), "");
  }

  /// An empty folder to follow a page in that is none of an example.
  static Example empty(Path folder) {
    return new Example(folder, folder.resolve("encryption.key"), "");
  }

  Example in(String other) {
    return new Example(folder, encryptionKey, other);
  }

  /// With what the commands name of a checkout. The CRDs are there already, and are whoever's
  /// applied them.
  static String inCheckout(String commands) {
    var root = Document.root();
    return commands
        .replace("-f crds/", "-f '" + root + "/crds/'")
        .replace(
            "helm install llm-config helm/llm-config-operator",
            "export HELM_CACHE_HOME=$PWD/.helm HELM_CONFIG_HOME=$PWD/.helm"
                + " HELM_DATA_HOME=$PWD/.helm\n"
                + "helm install llm-config '%s/helm/llm-config-operator' --take-ownership"
                    .formatted(root)
                + " --force-conflicts");
  }

  static List<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Path> yaml() {
    return files(folder).stream().filter(file -> file.toString().endsWith(".yaml")).toList();
  }

  /// Its page, and with it the commands.
  Document page() {
    return Document.read(folder.resolve("README.md"));
  }

  void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the commands print, run in one shell with the programs of the control plane and ours.
  String run(Stream<String> commands) throws IOException, InterruptedException {
    var root = Document.root();
    var script =
        Stream.concat(
            Stream.of(
                "eval \"$('%s/cluster/env')\"; PATH='%s/bin':$PATH".formatted(root, root),
                namespace.isEmpty()
                    ? ""
                    : "kubectl() { command kubectl --namespace='%s' \"$@\"; }"
                        .formatted(namespace)),
            commands);
    var builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", String.join("\n", script.toList()))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    var environment = builder.environment();
    environment.putIfAbsent("LLMCONFIG_CLUSTER_DIR", root + "/.cluster/test");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("ENCRYPTION_KEY_FILE", encryptionKey.toString());
    environment.remove("ENCRYPTION_KEY");
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  String run(String... commands) throws IOException, InterruptedException {
    return run(Stream.of(commands));
  }
}
