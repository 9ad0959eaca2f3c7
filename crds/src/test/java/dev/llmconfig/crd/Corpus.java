package dev.llmconfig.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Objects that must be accepted, and objects that must be refused with a certain message.
final class Corpus {

  private static final Path ROOT = Path.of("src/test/resources/corpus");

  /// An object at the boundary of a rule.
  record Valid(String file, JsonNode resource) {}

  /// An object that breaks one rule, on creation or as an update of the object before.
  record Invalid(
      String file,
      String kind,
      Optional<GenericKubernetesResource> before,
      GenericKubernetesResource resource,
      String expectMessage) {}

  static List<Valid> valid() {
    return files("valid-").stream().map(file -> new Valid(file.toString(), tree(file))).toList();
  }

  static List<Invalid> invalid() {
    return files("invalid-").stream().map(Corpus::invalid).toList();
  }

  /// All of it, so that a file with a wrong name is noticed and not left out.
  static List<String> names() {
    return files("").stream().map(file -> file.getFileName().toString()).toList();
  }

  private static Invalid invalid(Path file) {
    var tree = tree(file);
    return new Invalid(
        file.toString(),
        tree.at("/resource/kind").asText(),
        tree.has("before") ? Optional.of(resource(tree.get("before"))) : Optional.empty(),
        resource(tree.get("resource")),
        tree.get("expectMessage").asText());
  }

  static GenericKubernetesResource resource(JsonNode tree) {
    return Serialization.unmarshal(tree.toString(), GenericKubernetesResource.class);
  }

  private static JsonNode tree(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(ROOT.resolve(file)), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(String prefix) {
    try (var files = Files.walk(ROOT)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .map(ROOT::relativize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Corpus() {}
}
