package dev.llmconfig.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Annotations;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The committed CRDs are those that the Java types make. `-Dcrds.update=true` writes them anew,
/// and counts their revision up when anything changed.
class CrdDriftTest {

  @SuppressWarnings("UnusedVariable") // The source of the parameters, found by reflection.
  private static final Object kinds = GeneratedCrds.KINDS;

  @ParameterizedTest
  @FieldSource("kinds")
  void committedFileIsWhatTheTypesMake(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    var file = GeneratedCrds.committed(kind);
    if (Boolean.getBoolean("crds.update")) {
      update(kind, file);
    }
    var committed = Files.readString(file);

    assertThat(GeneratedCrds.yaml(kind, revisionOf(committed)))
        .as("%s has drifted from the Java types: run with -Dcrds.update=true and review", file)
        .isEqualTo(committed);
  }

  private static void update(Class<? extends CustomResource<?, ?>> kind, Path file)
      throws IOException {
    var committed = Files.exists(file) ? Files.readString(file) : "";
    var revision = committed.isEmpty() ? 0 : revisionOf(committed);
    if (!GeneratedCrds.yaml(kind, revision).equals(committed)) {
      Files.writeString(file, GeneratedCrds.yaml(kind, revision + 1));
    }
  }

  private static long revisionOf(String yaml) {
    return Long.parseLong(
        GeneratedCrds.parse(yaml).getMetadata().getAnnotations().get(Annotations.CRD_REVISION));
  }
}
