package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.rest.shape.Problem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds what came against the record that is expected, field by field, and tells everything that
/// is wrong at once.
final class FormFields {

  private final boolean patch;
  private final List<Problem.Field> unknown = new ArrayList<>();
  private final List<Problem.Field> invalid = new ArrayList<>();

  private FormFields(boolean patch) {
    this.patch = patch;
  }

  /// @throws Refusal with everything that is wrong
  static void check(ObjectNode sent, Sent expected) {
    switch (expected) {
      case Sent.Nothing(), Sent.Text _ -> {}
      case Sent.Form(var shape) -> new FormFields(false).whole(sent, shape);
      case Sent.MergePatch(var shape) -> new FormFields(true).whole(sent, shape);
    }
  }

  private void whole(ObjectNode sent, Class<?> shape) {
    fields("", sent, shape);
    if (!unknown.isEmpty()) {
      throw Refusal.fields(
          ProblemReason.UnknownField, Stream.concat(unknown.stream(), invalid.stream()).toList());
    }
    if (!invalid.isEmpty()) {
      throw Refusal.fields(ProblemReason.Invalid, invalid);
    }
  }

  private void fields(String path, ObjectNode sent, Class<?> shape) {
    var known = Schemas.fields(shape).collect(Collectors.toMap(Schemas::wireName, one -> one));
    for (var name : sent.propertyStream().map(Map.Entry::getKey).toList()) {
      if (!known.containsKey(name)) {
        unknown.add(unknown(path, name, known.keySet()));
      }
    }
    known.forEach((name, component) -> {
      var at = path.isEmpty() ? name : path + "." + name;
      var value = sent.get(name);
      if (value == null || (patch && value.isNull())) {
        if (value == null && !patch && !Schemas.mayBeAbsent(component)) {
          invalid(at, "is missing");
        }
      } else {
        value(at, value, component.getGenericType());
      }
    });
  }

  private static Problem.Field unknown(String path, String name, Set<String> known) {
    var named = WrittenName.tellable(name).map(one -> path.isEmpty() ? one : path + "." + one);
    return new Problem.Field(
        named.orElse(path.isEmpty() ? "body" : path),
        ProblemReason.UnknownField.name(),
        "%s is not known here; known are %s."
            .formatted(
                named.orElse("A field"),
                known.stream().sorted().collect(Collectors.joining(", "))));
  }

  private void value(String at, JsonNode value, Type type) {
    if (type instanceof ParameterizedType generic) {
      var parts = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        each(at, value, parts[0]);
      } else if (value instanceof ObjectNode object) {
        object.properties().forEach(one -> value(at + "[]", one.getValue(), parts[1]));
      } else {
        invalid(at, "is no object");
      }
      return;
    }
    var raw = (Class<?>) type;
    if (raw.isRecord()) {
      if (value instanceof ObjectNode object) {
        fields(at, object, raw);
      } else {
        invalid(at, "is no object");
      }
    } else {
      var wrong = wrong(value, raw);
      if (wrong != null) {
        invalid(at, wrong);
      }
    }
  }

  private void each(String at, JsonNode value, Type item) {
    if (!value.isArray()) {
      invalid(at, "is no list");
      return;
    }
    for (int place = 0; place < value.size(); place++) {
      value("%s[%d]".formatted(at, place), value.get(place), item);
    }
  }

  private @Nullable String wrong(JsonNode value, Class<?> type) {
    if (patch && value.isNull()) {
      return null;
    }
    if (type == String.class) {
      return value.isTextual() ? null : "is no text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return value.isBoolean() ? null : "is neither true nor false";
    }
    if (type == int.class || type == Integer.class) {
      return value.canConvertToInt() && value.isIntegralNumber() ? null : "is no whole number";
    }
    if (type == long.class || type == Long.class) {
      return value.canConvertToLong() && value.isIntegralNumber() ? null : "is no whole number";
    }
    if (type.isEnum()) {
      var words = Stream.of(type.getEnumConstants()).map(one -> ((Enum<?>) one).name()).toList();
      return value.isTextual() && words.contains(value.textValue())
          ? null
          : "is none of " + String.join(", ", words);
    }
    if (type == ObjectNode.class) {
      return value.isObject() ? null : "is no object";
    }
    return null;
  }

  private void invalid(String at, String wrong) {
    invalid.add(new Problem.Field(at, ProblemReason.Invalid.name(), "%s %s.".formatted(at, wrong)));
  }
}
