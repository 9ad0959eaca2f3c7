package dev.llmconfig.install;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.testing.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The chart of this checkout, as one release of it.
record Chart(Helm helm, Path folder, String release, String namespace) {

  static final Path FILES = Path.of("../helm/llm-config-operator").toAbsolutePath().normalize();

  /// What helm needs to keep goes into this folder, too.
  static Chart in(Path folder, String release, String namespace) {
    return new Chart(new Helm(folder), folder, release, namespace);
  }

  String text(JsonNode values) {
    return helm.run(words("template", values));
  }

  List<JsonNode> objects(JsonNode values) {
    return Yaml.documents(text(values));
  }

  /// Nothing to say about it, not even as a warning.
  void lints(JsonNode values) {
    helm.run("lint", "--strict", FILES.toString(), "--values=" + file(values));
  }

  String refuses(JsonNode values) {
    return helm.fails(words("template", values));
  }

  private String[] words(String verb, JsonNode values) {
    return new String[] {
      verb, release, FILES.toString(), "--namespace=" + namespace, "--values=" + file(values)
    };
  }

  Path file(JsonNode values) {
    try {
      return Files.writeString(folder.resolve("values.yaml"), Yaml.write(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
