package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.stream.Collectors;

/// An entry of ours on one line. The value of a key is never in one.
final class Shown {

  private Shown() {}

  static String of(JsonNode entry) {
    if (entry.has("value")) {
      return entry.path("value").asText();
    }
    var key = entry.path("valueFrom").path("secretKeyRef");
    if (!key.isMissingNode()) {
      return "key %s of Secret %s".formatted(key.path("key").asText(), key.path("name").asText());
    }
    if (entry.has("mountPath")) {
      return "volume " + entry.path("name").asText();
    }
    if (entry.has("projected")) {
      return entry
          .path("projected")
          .path("sources")
          .valueStream()
          .map(Shown::source)
          .collect(Collectors.joining(", "));
    }
    var fields = new ArrayList<String>();
    entry.fieldNames().forEachRemaining(fields::add);
    return String.join(", ", fields);
  }

  private static String source(JsonNode source) {
    return source.has("secret")
        ? "Secret " + source.path("secret").path("name").asText()
        : "ConfigMap " + source.path("configMap").path("name").asText();
  }
}
