package dev.llmconfig.domain;

/// Where an object is.
public record Ref(String namespace, String name) {

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
