package dev.llmconfig.guest;

import java.util.ArrayList;
import java.util.List;

/// Where a field is. Its text is the one that the API server prints in a conflict, so that a person
/// finds the same words in both places.
public record FieldPath(List<Step> steps) {

  /// One step down.
  public sealed interface Step {

    record Field(String name) implements Step {
      @Override
      public String toString() {
        return "." + name;
      }
    }

    /// The element of a list whose `key` is `value`.
    record Item(String key, String value) implements Step {
      @Override
      public String toString() {
        return "[%s=\"%s\"]".formatted(key, value.replace("\\", "\\\\").replace("\"", "\\\""));
      }
    }
  }

  public FieldPath {
    steps = List.copyOf(steps);
  }

  static FieldPath of(String... fields) {
    var path = new FieldPath(List.of());
    for (String field : fields) {
      path = path.field(field);
    }
    return path;
  }

  FieldPath field(String name) {
    return plus(new Step.Field(name));
  }

  FieldPath item(String key, String value) {
    return plus(new Step.Item(key, value));
  }

  private FieldPath plus(Step step) {
    var longer = new ArrayList<>(steps);
    longer.add(step);
    return new FieldPath(longer);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    steps.forEach(text::append);
    return text.toString();
  }
}
