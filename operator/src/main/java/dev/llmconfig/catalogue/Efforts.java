package dev.llmconfig.catalogue;

import dev.llmconfig.api.ReasoningEffort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The levels of effort that a model knows, in the order of the API.
public record Efforts(List<ReasoningEffort> levels) {

  public Efforts {
    levels = levels.stream().distinct().sorted().toList();
  }

  static Efforts of(ReasoningEffort... levels) {
    return new Efforts(List.of(levels));
  }

  /// The lower-case word that sources and providers use.
  public static String word(ReasoningEffort level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  static Optional<ReasoningEffort> level(String word) {
    return Stream.of(ReasoningEffort.values())
        .filter(level -> word(level).equals(word))
        .findFirst();
  }

  public List<String> words() {
    return levels.stream().map(Efforts::word).toList();
  }
}
