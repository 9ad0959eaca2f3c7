package dev.llmconfig.agent;

import dev.llmconfig.domain.Problem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// One mapping of a profile file while it is read: takes fields by name, in the type they must
/// have, and notes every problem with its line. What nobody took is unknown, and said at the end.
final class Section {

  private final String file;
  private final int line;
  private final List<Problem> problems;
  private final Map<String, Yaml.Field> fields = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  private Section(String file, Yaml.Fields mapping, List<Problem> problems) {
    this.file = file;
    this.line = mapping.line();
    this.problems = problems;
    for (Yaml.Field field : mapping.fields()) {
      if (fields.putIfAbsent(field.name(), field) != null) {
        problem(field.line(), "%s is written twice; keep one.".formatted(field.name()));
      }
    }
  }

  static Optional<Section> of(String file, Yaml yaml, String what, List<Problem> problems) {
    if (yaml instanceof Yaml.Fields mapping) {
      return Optional.of(new Section(file, mapping, problems));
    }
    problems.add(at(file, yaml.line(), what + " must be fields with a name each."));
    return Optional.empty();
  }

  static Problem at(String file, int line, String sentence) {
    return new Problem(file + ":" + line, sentence);
  }

  void problem(int at, String sentence) {
    problems.add(at(file, at, sentence));
  }

  /// For a problem that belongs to a field, or to the whole where the field is absent.
  void problem(String field, String sentence) {
    problem(lineOf(field), sentence);
  }

  int lineOf(String field) {
    return Optional.ofNullable(fields.get(field)).map(Yaml.Field::line).orElse(line);
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  Optional<String> text(String name) {
    return take(name).flatMap(value -> scalar(name, value));
  }

  Optional<Boolean> bool(String name) {
    return parsed(
        name,
        "true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  OptionalInt whole(String name) {
    return parsed(
            name,
            "a whole number from 1 to 9999",
            text ->
                text.matches("[1-9][0-9]{0,3}")
                    ? Optional.of(Integer.valueOf(text))
                    : Optional.<Integer>empty())
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    return parsed(name, "one of " + names(type), text -> constant(type, text));
  }

  <E extends Enum<E>> Optional<Set<E>> words(String name, Class<E> type) {
    return texts(name)
        .map(texts -> {
          var found = new HashSet<E>();
          for (String text : texts) {
            constant(type, text)
                .ifPresentOrElse(
                    found::add, () -> problem(name, wrong(name, text, "one of " + names(type))));
          }
          return found;
        });
  }

  /// Of scalars; a list that is written but empty is an empty list.
  Optional<List<String>> texts(String name) {
    return items(name)
        .map(items -> items.stream().flatMap(item -> scalar(name, item).stream()).toList());
  }

  Optional<List<Yaml>> items(String name) {
    return take(name)
        .flatMap(value -> {
          if (value instanceof Yaml.Items(var items, _)) {
            return Optional.of(items);
          }
          problem(value.line(), "%s must be a list.".formatted(name));
          return Optional.empty();
        });
  }

  Optional<Section> section(String name) {
    return take(name).flatMap(value -> of(file, value, name, problems));
  }

  /// A mapping inside this one, with the same file and the same list of problems.
  Optional<Section> inside(Yaml yaml, String what) {
    return of(file, yaml, what, problems);
  }

  <T> Optional<T> parsed(String name, String expected, Function<String, Optional<T>> parse) {
    return text(name)
        .flatMap(text -> {
          Optional<T> value = parse.apply(text);
          if (value.isEmpty()) {
            problem(name, wrong(name, text, expected));
          }
          return value;
        });
  }

  void noUnknownFields() {
    for (Yaml.Field field : fields.values()) {
      if (!known.contains(field.name())) {
        problem(
            field.line(),
            "There is no field %s; known here are %s."
                .formatted(
                    shown(field.name()), String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  private Optional<Yaml> take(String name) {
    known.add(name);
    return Optional.ofNullable(fields.get(name)).map(Yaml.Field::value);
  }

  private Optional<String> scalar(String name, Yaml value) {
    if (value instanceof Yaml.Text(var text, _)) {
      return Optional.of(text);
    }
    problem(
        value.line(),
        value instanceof Yaml.Nothing
            ? "%s has no value; write one or remove the line.".formatted(name)
            : "%s must be a single value.".formatted(name));
    return Optional.empty();
  }

  static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants()).filter(e -> e.name().equals(name)).findFirst();
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
  }

  private static String wrong(String name, String text, String expected) {
    return "%s must be %s, not %s.".formatted(name, expected, shown(text));
  }

  /// A sentence quotes what was written, but not pages of it.
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
