package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.domain.Ref;
import java.util.Comparator;

/// Which object.
public record Id(String kind, Ref ref) implements Comparable<Id> {

  private static final Comparator<Id> ORDER =
      Comparator.comparing((Id id) -> id.ref.namespace())
          .thenComparing(Id::kind)
          .thenComparing(id -> id.ref.name());

  static Id of(JsonNode object) {
    var meta = object.path("metadata");
    return new Id(
        object.path("kind").asText(),
        new Ref(meta.path("namespace").asText(), meta.path("name").asText()));
  }

  @Override
  public int compareTo(Id other) {
    return ORDER.compare(this, other);
  }
}
