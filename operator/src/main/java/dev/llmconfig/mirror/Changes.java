package dev.llmconfig.mirror;

import java.util.List;

/// What happened since a position.
public sealed interface Changes {

  /// All of it, oldest first.
  record Known(List<Change> changes) implements Changes {
    public Known {
      changes = List.copyOf(changes);
    }
  }

  /// Too long ago, or before a rebuild: read everything again.
  record Unknown() implements Changes {}
}
