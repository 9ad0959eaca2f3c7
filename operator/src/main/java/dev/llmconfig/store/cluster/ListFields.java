package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// Lists of our kinds that several managers fill together, as the CRDs say; all others are one
/// value.
final class ListFields {

  private static final Set<String> MERGED = Set.of("headers", "allow", "additional", "containers");

  private ListFields() {}

  static boolean merged(String field) {
    return MERGED.contains(field);
  }

  static boolean in(JsonNode list, JsonNode item) {
    return list.valueStream().anyMatch(one -> Trees.same(one, item));
  }
}
