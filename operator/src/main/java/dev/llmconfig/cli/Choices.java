package dev.llmconfig.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words of the API as values of options: spelled as the API spells them, so that what works here
/// works in YAML.
final class Choices {

  private Choices() {}

  static <E extends Enum<E>> Optional<E> read(
      String option, Class<E> words, String given, Consumer<String> problems) {
    List<E> all = List.of(words.getEnumConstants());
    Optional<E> exact = all.stream().filter(word -> word.name().equals(given)).findFirst();
    if (exact.isEmpty()) {
      String names = all.stream().map(Enum::name).collect(Collectors.joining(", "));
      problems.accept(option + " must be one of " + names + hint(all.stream(), given) + ".");
    }
    return exact;
  }

  private static <E extends Enum<E>> String hint(Stream<E> words, String given) {
    return words
        .filter(word -> bare(word.name()).equals(bare(given)))
        .findFirst()
        .map(word -> " (upper and lower case matter: " + word + ")")
        .orElse("");
  }

  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
