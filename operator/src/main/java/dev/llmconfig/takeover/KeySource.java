package dev.llmconfig.takeover;

/// Where the key of a draft is.
public sealed interface KeySource {

  /// The provider needs none, or nothing says where it is.
  record None() implements KeySource {}

  /// In a variable of the environment of the other tool.
  record Variable(String name) implements KeySource {}

  /// In a Secret that is there already.
  record Stored(String secret, String key) implements KeySource {}

  /// In the text itself, under the name of a variable.
  record Named(String variable, String value) implements KeySource {
    @Override
    public String toString() {
      return "Named";
    }
  }

  /// In the text itself.
  record Clear(String value) implements KeySource {
    @Override
    public String toString() {
      return "Clear";
    }
  }
}
