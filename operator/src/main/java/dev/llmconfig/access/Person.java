package dev.llmconfig.access;

import java.util.List;

/// Who the API server says the caller is.
public record Person(String name, List<String> groups) {

  public Person {
    groups = List.copyOf(groups);
  }
}
