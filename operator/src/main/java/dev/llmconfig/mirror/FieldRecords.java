package dev.llmconfig.mirror;

import io.fabric8.kubernetes.api.model.FieldsV1;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose a field is, of the fields of a workload that are ours or could be.
final class FieldRecords {

  private static final Set<String> TEMPLATE = Set.of("f:template", "f:jobTemplate", "f:spec");
  private static final Set<String> CONTAINER =
      Set.of(".", "f:name", "f:env", "f:envFrom", "f:volumeMounts");

  private FieldRecords() {}

  static @Nullable FieldsV1 of(@Nullable FieldsV1 fields) {
    if (fields == null) {
      return null;
    }
    var kept = new FieldsV1();
    kept.setAdditionalProperties(object(fields.getAdditionalProperties()));
    return kept;
  }

  /// Of a workload, a job template or a pod template.
  private static Map<String, Object> object(Map<?, ?> fields) {
    var kept = new LinkedHashMap<String, Object>();
    below(fields, "f:metadata").ifKept(kept, FieldRecords::metadata);
    below(fields, "f:spec").ifKept(kept, FieldRecords::spec);
    return kept;
  }

  private static Map<String, Object> metadata(Map<?, ?> fields) {
    var kept = new LinkedHashMap<String, Object>();
    below(fields, "f:labels").ifKept(kept, FieldRecords::names);
    below(fields, "f:annotations").ifKept(kept, FieldRecords::names);
    return kept;
  }

  /// Ours, and the one by which manifests are known.
  private static Map<String, Object> names(Map<?, ?> fields) {
    var kept = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> {
      var text = String.valueOf(name);
      if (text.startsWith("f:llmconfig.dev/") || text.equals("f:" + AgentCache.LAST_APPLIED)) {
        kept.put(text, value);
      }
    });
    return kept;
  }

  private static Map<String, Object> spec(Map<?, ?> fields) {
    var kept = new LinkedHashMap<String, Object>();
    for (var name : TEMPLATE) {
      below(fields, name)
          .ifKept(kept, name.equals("f:spec") ? FieldRecords::spec : FieldRecords::object);
    }
    for (var name : Set.of("f:containers", "f:initContainers")) {
      below(fields, name).ifKept(kept, FieldRecords::containers);
    }
    if (fields.get("f:volumes") instanceof Map<?, ?> volumes) {
      kept.put("f:volumes", volumes);
    }
    return kept;
  }

  private static Map<String, Object> containers(Map<?, ?> fields) {
    var kept = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> {
      if (value instanceof Map<?, ?> container) {
        kept.put(String.valueOf(name), container(container));
      }
    });
    return kept;
  }

  private static Map<String, Object> container(Map<?, ?> fields) {
    var kept = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> {
      if (CONTAINER.contains(String.valueOf(name))) {
        kept.put(String.valueOf(name), value);
      }
    });
    return kept;
  }

  private static Below below(Map<?, ?> fields, String name) {
    return new Below(name, fields.get(name));
  }

  private interface Keeping {
    Map<String, Object> of(Map<?, ?> fields);
  }

  private record Below(String name, @Nullable Object value) {
    void ifKept(Map<String, Object> kept, Keeping keeping) {
      if (value instanceof Map<?, ?> fields) {
        var rest = keeping.of(fields);
        if (!rest.isEmpty()) {
          kept.put(name, rest);
        }
      }
    }
  }
}
