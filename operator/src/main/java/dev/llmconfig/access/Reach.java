package dev.llmconfig.access;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Where somebody may do something.
public sealed interface Reach {

  boolean includes(String namespace);

  /// In all namespaces, those that come later too.
  record Everywhere() implements Reach {
    @Override
    public boolean includes(String namespace) {
      return true;
    }
  }

  /// In these; none means nowhere.
  record Within(Set<String> namespaces) implements Reach {
    public Within {
      namespaces = Set.copyOf(namespaces);
    }

    @Override
    public boolean includes(String namespace) {
      return namespaces.contains(namespace);
    }
  }

  static Reach within(Collection<String> namespaces) {
    return new Within(Set.copyOf(namespaces));
  }

  default boolean nowhere() {
    return this instanceof Within(var namespaces) && namespaces.isEmpty();
  }

  /// The same text for the same reach.
  default String label() {
    return switch (this) {
      case Everywhere _ -> "*";
      case Within(var namespaces) -> String.join(",", new TreeSet<>(namespaces));
    };
  }
}
