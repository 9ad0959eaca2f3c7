package dev.llmconfig.access;

/// More namespaces than are asked about one by one.
public final class TooManyNamespaces extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyNamespaces() {
    super(
        "more than %d namespaces to ask about".formatted(Access.MOST_NAMESPACES),
        null,
        false,
        false);
  }
}
