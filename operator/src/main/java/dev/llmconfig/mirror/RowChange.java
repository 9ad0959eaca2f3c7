package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;

/// What became of one row.
public sealed interface RowChange {

  record KeyIs(KeyRow row) implements RowChange {}

  record ModelConfigIs(ModelConfigRow row) implements RowChange {}

  record Gone(ObjectKind kind, Ref ref) implements RowChange {}

  /// Replaces the list of that key.
  record ModelsAre(ModelList list) implements RowChange {}
}
