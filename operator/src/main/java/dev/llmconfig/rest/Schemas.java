package dev.llmconfig.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// JSON schemas, read off the records that are written.
final class Schemas {

  private static final String REF = "#/components/schemas/";

  private final Map<String, ObjectNode> named = new TreeMap<>();

  ObjectNode components() {
    var all = Wire.object();
    named.forEach(all::set);
    return all;
  }

  ObjectNode of(Route.Body body) {
    return switch (body) {
      case Route.One(var shape) -> type(shape);
      case Route.ListOf list -> list(list);
      case Route.Either(var one, var other) -> either(type(one), type(other));
      case Route.Document() -> Wire.object().put("type", "object");
      case Route.Manifests() -> manifests();
      case Route.Events() -> Wire.object().put("type", "string");
    };
  }

  /// As objects, not as a text: whoever reads YAML reads the objects in it.
  static ObjectNode manifests() {
    return Wire.object().put("description", "YAML, with a document for each object.");
  }

  private static ObjectNode either(ObjectNode one, ObjectNode other) {
    var schema = Wire.object();
    schema.putArray("anyOf").add(one).add(other);
    return schema;
  }

  /// What is sent, which may be a part of it.
  ObjectNode of(Sent sent) {
    return switch (sent) {
      case Sent.Nothing() -> Wire.object();
      case Sent.Text _ -> Wire.object().put("type", "string");
      case Sent.Form(var shape) -> type(shape);
      case Sent.MergePatch(var shape) -> patch(shape);
    };
  }

  /// Fields of a merge patch may be left out, and null unsets them.
  private ObjectNode patch(Class<?> shape) {
    var whole = object(shape);
    var patch = Wire.object().put("type", "object");
    var properties = patch.putObject("properties");
    whole
        .path("properties")
        .properties()
        .forEach(one -> {
          var either = properties.putObject(one.getKey()).putArray("anyOf");
          either.add(one.getValue());
          either.addObject().put("type", "null");
        });
    return patch.put("additionalProperties", false);
  }

  private ObjectNode list(Route.ListOf list) {
    var schema = Wire.object().put("type", "object");
    var properties = schema.putObject("properties");
    properties.putObject("items").put("type", "array").set("items", type(list.item()));
    properties.putObject("total").put("type", "integer").put("minimum", 0);
    properties.putObject("next").put("type", "string");
    properties.putObject("stale").put("type", "boolean");
    properties.putObject("syncedAt").put("type", "string");
    list.extras()
        .forEach(name ->
            properties
                .putObject(name)
                .put("type", name.startsWith("hidden") ? "integer" : "string"));
    list.others().forEach((name, item) -> properties.set(name, array(type(item))));
    schema.putArray("required").add("items").add("total").add("stale");
    return schema.put("additionalProperties", false);
  }

  private ObjectNode type(Type type) {
    if (type instanceof ParameterizedType generic) {
      var parts = generic.getActualTypeArguments();
      return generic.getRawType() == List.class ? array(type(parts[0])) : map(type(parts[1]));
    }
    var raw = (Class<?>) type;
    if (raw == String.class) {
      return Wire.object().put("type", "string");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Wire.object().put("type", "boolean");
    }
    if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
      return Wire.object().put("type", "integer");
    }
    if (raw == BigDecimal.class) {
      return Wire.object().put("type", "number");
    }
    if (raw == JsonNode.class) {
      return Wire.object();
    }
    if (raw == ObjectNode.class) {
      return Wire.object().put("type", "object");
    }
    var name = name(raw);
    if (!named.containsKey(name)) {
      named.put(name, Wire.object()); // before its parts, which may name it
      named.put(name, raw.isEnum() ? words(raw) : object(raw));
    }
    return Wire.object().put("$ref", REF + name);
  }

  private static ObjectNode array(ObjectNode items) {
    var schema = Wire.object().put("type", "array");
    schema.set("items", items);
    return schema;
  }

  private static ObjectNode map(ObjectNode values) {
    var schema = Wire.object().put("type", "object");
    schema.set("additionalProperties", values);
    return schema;
  }

  private static ObjectNode words(Class<?> type) {
    var schema = Wire.object().put("type", "string");
    var words = schema.putArray("enum");
    for (var word : type.getEnumConstants()) {
      words.add(((Enum<?>) word).name());
    }
    return schema;
  }

  private ObjectNode object(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalStateException("no schema for " + type);
    }
    var object = Wire.object().put("type", "object");
    var properties = object.putObject("properties");
    var required = Wire.array();
    for (var component : fields(type).toList()) {
      var name = wireName(component);
      var schema = type(component.getGenericType());
      properties.set(name, mayBeNull(component) ? orNull(schema) : schema);
      if (!mayBeAbsent(component)) {
        required.add(name);
      }
    }
    object.set("required", required);
    return object.put("additionalProperties", false);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    var either = Wire.object();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  /// As they stand in the JSON: those of a record that is unwrapped stand in its place.
  static Stream<RecordComponent> fields(Class<?> shape) {
    return Stream.of(shape.getRecordComponents())
        .flatMap(one ->
            one.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                ? fields(one.getType())
                : Stream.of(one));
  }

  static String wireName(RecordComponent component) {
    var given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null ? component.getName() : given.value();
  }

  static boolean mayBeAbsent(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        && !mayBeNull(component);
  }

  /// What is told even where there is nothing to tell.
  private static boolean mayBeNull(RecordComponent component) {
    var told = component.getAccessor().getAnnotation(JsonInclude.class);
    return told != null && told.value() == JsonInclude.Include.ALWAYS;
  }

  /// `AgentSettings` of `Agent.Settings`.
  static String name(Class<?> type) {
    var outer = type.getDeclaringClass();
    return outer == null ? type.getSimpleName() : name(outer) + type.getSimpleName();
  }
}
