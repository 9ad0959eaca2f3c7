package dev.llmconfig.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.fabric8.kubernetes.api.model.FieldsV1;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The records of who owns which fields are most of what an object takes in memory, and thousands
/// of objects that were made alike have equal ones: those are kept once. Nobody changes them.
final class SharedOwners extends StdDeserializer<FieldsV1> {

  /// There are a few for each tool and shape of object; who makes more of them only shares less.
  private static final int MOST = 2_000;

  private final transient Map<Map<String, Object>, FieldsV1> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Map<String, Object>, FieldsV1> eldest) {
              return size() > MOST;
            }
          });

  SharedOwners() {
    super(FieldsV1.class);
  }

  @Override
  public FieldsV1 deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    Map<String, Object> fields =
        context.readValue(
            parser,
            context
                .getTypeFactory()
                .constructMapType(LinkedHashMap.class, String.class, Object.class));
    return known.computeIfAbsent(Collections.unmodifiableMap(fields), SharedOwners::of);
  }

  private static FieldsV1 of(Map<String, Object> fields) {
    var owned = new FieldsV1();
    owned.setAdditionalProperties(fields);
    return owned;
  }
}
