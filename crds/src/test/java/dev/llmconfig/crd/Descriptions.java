package dev.llmconfig.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// What the kinds themselves are for; the generator reads descriptions from fields only.
final class Descriptions {

  static String of(String kind) {
    return GeneratedCrds.KINDS.stream()
        .filter(type -> HasMetadata.getKind(type).equals(kind))
        .map(type -> type.getAnnotation(JsonClassDescription.class).value())
        .findFirst()
        .orElseThrow();
  }

  private Descriptions() {}
}
