package dev.llmconfig.rest.shape;

import org.jspecify.annotations.Nullable;

/// A change of one object as this replica saw it.
///
/// @param manager who wrote it, by field manager
public record Change(String at, Operation operation, @Nullable String manager) {

  /// What became of the object.
  public enum Operation {
    Create,
    Update,
    Delete
  }
}
