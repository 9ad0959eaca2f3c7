package dev.llmconfig.agent;

import java.util.Optional;

/// What may be written as the value of a variable.
final class Literals {

  private static final int LONGEST = 4096;

  private Literals() {}

  /// Empty if it may; otherwise what is wrong with it, to follow the name of the value.
  static Optional<String> problem(String text) {
    if (text.length() > LONGEST) {
      return Optional.of("is longer than %d characters".formatted(LONGEST));
    }
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
        ? Optional.empty()
        : Optional.of("has characters that are not printable ASCII");
  }

  /// As `problem`, for what comes from a ModelConfig and not from a profile: Spring, Quarkus and
  /// others replace `${NAME}` in their settings by what else is in the environment, and what comes
  /// out would be sent to the provider.
  static Optional<String> settingProblem(String text) {
    return problem(text)
        .or(() ->
            text.contains("${")
                ? Optional.of("contains ${, which some frameworks would replace")
                : Optional.empty());
  }

  /// As an `env` value of a container must be written so that the process sees the text itself:
  /// Kubernetes expands `$(NAME)`, and reads `$$` as one `$`.
  static String escaped(String text) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c);
      boolean read =
          i + 1 < text.length() && (text.charAt(i + 1) == '(' || text.charAt(i + 1) == '$');
      if (c == '$' && read) {
        escaped.append('$');
      }
    }
    return escaped.toString();
  }
}
