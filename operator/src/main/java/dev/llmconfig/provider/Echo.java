package dev.llmconfig.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The built-in models: they say what they were told, without a network and without a key, so that
/// demos and tests need nobody's account. Pure; whoever streams an answer keeps the pauses.
public final class Echo {

  public static final List<String> MODELS = List.of("echo", "echo-slow", "echo-markdown");

  private static final Duration SLOW = Duration.ofMillis(200);

  /// A part of an answer, and how long the model thinks before it.
  public record Piece(String text, Duration pause) {}

  private Echo() {}

  /// What a model answers, word by word; empty if there is no such model.
  public static Optional<List<Piece>> answer(String model, String prompt) {
    return switch (model) {
      case "echo" -> Optional.of(words(prompt, Duration.ZERO));
      case "echo-slow" -> Optional.of(words(prompt, SLOW));
      case "echo-markdown" -> Optional.of(words(markdown(prompt), Duration.ZERO));
      default -> Optional.empty();
    };
  }

  public static String text(List<Piece> pieces) {
    return String.join("", pieces.stream().map(Piece::text).toList());
  }

  /// A word is a token here, and no text is none.
  public static int tokens(String text) {
    return (int) Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).count();
  }

  /// The white space stays with the word before it, so that the pieces add up to the text.
  private static List<Piece> words(String text, Duration pause) {
    return Stream.of(text.split("(?<=\\s)(?=\\S)"))
        .filter(word -> !word.isEmpty())
        .map(word -> new Piece(word, pause))
        .toList();
  }

  private static String markdown(String prompt) {
    String quoted = String.join("\n> ", prompt.lines().toList());
    return """
    ## You said

    > %s

    | what | count |
    |---|---|
    | words | %d |
    | characters | %d |

    ```text
    %s
    ```
    """
        .formatted(quoted, tokens(prompt), prompt.length(), prompt.replace("```", "'''"));
  }
}
