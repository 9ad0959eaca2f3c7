package dev.llmconfig.gateway;

import dev.llmconfig.provider.Finding;
import java.util.List;
import java.util.Optional;

/// What came at once: pieces, and after them perhaps the reason why there are no more. With
/// neither, the provider has begun and said nothing yet.
record Batch(List<Piece.Said> pieces, Optional<Finding> broken) {

  Batch {
    pieces = List.copyOf(pieces);
  }

  static Batch of(List<Piece.Said> pieces) {
    return new Batch(pieces, Optional.empty());
  }

  static Batch broken(Finding finding) {
    return new Batch(List.of(), Optional.of(finding));
  }

  /// Whether an answer has begun.
  boolean begun() {
    return !pieces.isEmpty() || broken.isEmpty();
  }
}
