package dev.llmconfig.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A status of each kind with every field set.
final class StatusExamples {

  static JsonNode of(Class<? extends HasMetadata> kind) {
    var file = Path.of("src/test/resources/status", HasMetadata.getKind(kind) + ".yaml");
    try {
      return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StatusExamples() {}
}
