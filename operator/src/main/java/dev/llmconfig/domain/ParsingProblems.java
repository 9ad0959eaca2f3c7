package dev.llmconfig.domain;

import dev.llmconfig.api.v1alpha1.SpecPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that is wrong with one object, gathered while it is read.
final class ParsingProblems {

  /// A word is shown to who wrote it, but not whatever else was pasted in its place.
  private static final Pattern SHOWABLE = Pattern.compile("[A-Z][A-Za-z0-9]{0,30}");

  private final List<Problem> found = new ArrayList<>();

  /// Nothing written for an entry is an empty one, for the rules to refuse.
  static List<String> texts(@Nullable List<String> list) {
    return list == null
        ? List.of()
        : list.stream().map(text -> Objects.requireNonNullElse(text, "")).toList();
  }

  List<Problem> found() {
    return found;
  }

  void add(String field, String sentence) {
    var problem = new Problem(field, sentence);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /// @param broken half a sentence of [FieldRules]
  void rule(String field, Optional<String> broken) {
    broken.ifPresent(how -> add(field, "%s %s.".formatted(field, how)));
  }

  int between(String field, int value, int least, int most) {
    if (value < least || value > most) {
      add(
          field,
          most == Integer.MAX_VALUE
              ? "%s must be %d or more, not %d.".formatted(field, least, value)
              : "%s must be between %d and %d, not %d.".formatted(field, least, most, value));
    }
    return Math.clamp(value, least, most);
  }

  /// The word that was declared, or the usual one. A word that is not known here reached us as
  /// absent, and is refused: nobody gets a default who asked for something else.
  ///
  /// @param field with its path, whose last part is the name in `part`
  <E extends Enum<E>> E word(
      SpecPart part, String field, @Nullable E read, Class<E> words, E usual) {
    return given(part, field, read, words).orElse(usual);
  }

  /// As `word`, for what is unset when it is absent.
  <E extends Enum<E>> Optional<E> given(
      SpecPart part, String field, @Nullable E read, Class<E> words) {
    var unknown = part.unknownWords().get(field.substring(field.lastIndexOf('.') + 1));
    if (unknown != null) {
      add(
          field,
          "%s %s, which this operator does not know: use one of %s, or update the operator."
              .formatted(
                  field,
                  SHOWABLE.matcher(unknown).matches() ? "is " + unknown : "holds a word",
                  Stream.of(Objects.requireNonNull(words.getEnumConstants()))
                      .map(Enum::name)
                      .collect(Collectors.joining(", "))));
    }
    return Optional.ofNullable(read);
  }
}
