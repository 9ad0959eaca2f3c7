package dev.llmconfig.agent;

/// One environment variable as an agent gets it.
public record Entry(String name, Value value) {

  public sealed interface Value {}

  /// The text the process sees, before any escaping.
  public record Literal(String text) implements Value {
    public Literal {
      if (text.isEmpty() || Literals.problem(text).isPresent()) {
        throw new IllegalArgumentException("a value is 1 to 4096 characters of printable ASCII");
      }
    }
  }

  /// The key, never as text.
  public record Key(KeyRef ref) implements Value {}

  static Entry literal(String name, String text) {
    return new Entry(name, new Literal(text));
  }
}
