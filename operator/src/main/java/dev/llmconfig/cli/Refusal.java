package dev.llmconfig.cli;

import java.util.List;

/// Ends a command with its exit code and what is to be said about it: a sentence for each problem,
/// and all problems at once.
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final int NEGATIVE = 1;
  static final int USAGE = 2;

  private final int exitCode;

  private Refusal(int exitCode, String sentences) {
    super(sentences, null, false, false);
    this.exitCode = exitCode;
  }

  /// The answer is no: the key, the token or the certificate is not what it should be.
  static Refusal negative(String sentence) {
    return new Refusal(NEGATIVE, sentence);
  }

  static Refusal of(int exitCode, String sentence) {
    return new Refusal(exitCode, sentence);
  }

  /// The command was not told what it must know, or something that cannot be.
  static Refusal usage(List<String> sentences) {
    return new Refusal(USAGE, String.join(System.lineSeparator(), sentences));
  }

  static Refusal usage(String sentence) {
    return usage(List.of(sentence));
  }

  int exitCode() {
    return exitCode;
  }

  String sentences() {
    return String.valueOf(getMessage());
  }
}
