package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.time.Instant;

/// One change that was seen of one object.
///
/// @param manager the field manager that wrote it; empty when unknown, as for a deletion
/// @param at when it was seen
public record Change(
    long seq, ObjectKind kind, Ref ref, Operation operation, String manager, Instant at) {

  public enum Operation {
    Create,
    Update,
    Delete
  }
}
