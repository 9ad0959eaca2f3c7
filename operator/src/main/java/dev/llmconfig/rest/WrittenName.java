package dev.llmconfig.rest;

import dev.llmconfig.api.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A name that somebody has sent and nobody here knows. Whoever has mistyped it wants to read it
/// again; whoever has put a key in its place does not, so what begins like one stays untold, and so
/// does a long one with a digit in it.
final class WrittenName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final int SHORTEST_KEY = 20;
  private static final List<String> PREFIXES =
      Stream.of(Provider.values()).flatMap(one -> one.keyPrefixes().stream()).toList();

  private WrittenName() {}

  /// Empty where it may be anything.
  static Optional<String> tellable(String name) {
    return Optional.of(name)
        .filter(one -> NAME.matcher(one).matches())
        .filter(one -> one.length() < SHORTEST_KEY || one.chars().noneMatch(Character::isDigit))
        .filter(one -> PREFIXES.stream().noneMatch(one::startsWith));
  }
}
